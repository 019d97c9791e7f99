import { lookInto } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { defineFileModule } from "./define-file-module.ts";
import { demandSense } from "./demand-sense.ts";
import { editFile, isAbsent } from "./edit-file.ts";
import { editFields, textBefore } from "./edit-result.ts";
import { backupReturns } from "./file-result.ts";
import { putBlock } from "./text/put-block.ts";

export const blockinfile = defineFileModule({
  name: "blockinfile",
  summary: "A block of lines between two marks in a file.",
  params: Type.Object(
    {
      path: Type.String({ aliases: ["dest", "destfile", "name"], description: "the file" }),
      state: Type.Union([Type.Literal("present"), Type.Literal("absent")], {
        default: "present",
        description: "whether the block is to be there",
      }),
      block: Type.String({ default: "", aliases: ["content"], description: "the lines; none: the block goes" }),
      marker: Type.String({
        default: "# {mark} ANSIBLE MANAGED BLOCK",
        description: "the line before and after the block; {mark} is what tells them apart",
      }),
      marker_begin: Type.String({ default: "BEGIN", description: "{mark} in the line before" }),
      marker_end: Type.String({ default: "END", description: "{mark} in the line after" }),
      insertafter: Type.Optional(Type.String({ description: "a new block comes after what matches this, or EOF" })),
      insertbefore: Type.Optional(Type.String({ description: "a new block comes before what matches this, or BOF" })),
      create: Type.Boolean({ default: false, description: "make the file when it is absent" }),
      backup: Type.Boolean({ default: false, description: "keep what was there beside it" }),
      append_newline: Type.Boolean({ default: false, description: "a blank line comes after the block" }),
      prepend_newline: Type.Boolean({ default: false, description: "a blank line comes before the block" }),
      validate: Type.Optional(Type.String({ description: "must succeed first; `%s` is the file to look at" })),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe({ path, insertafter, insertbefore }) {
    demandSense(`blockinfile ${path}`, {
      "`insertafter` and `insertbefore` exclude each other": insertafter !== undefined && insertbefore !== undefined,
    });
    return lookInto(cleanPath(path));
  },
  plan(answers, params) {
    if (isAbsent(answers) && params.state === "absent" && params.create) return [];
    return editFile(answers, params, (text) => putBlock(text, wantedBlock(params)));
  },
  result(made, params) {
    if (isAbsent(made.before)) {
      return params.state === "absent" ? { msg: `File ${params.path} not present` } : editFields(made, "File created");
    }
    const before = textBefore(made.before) ?? "";
    const wanted = wantedBlock(params);
    const done = wanted.block === "" ? "Block removed" : "Block inserted";
    return editFields(made, putBlock(before, wanted) === before ? "" : done);
  },
  returns: Type.Object({ msg: Type.String({ description: "what was done" }), ...backupReturns }),
});

interface BlockParams {
  readonly state: "present" | "absent";
  readonly block: string;
  readonly marker: string;
  readonly marker_begin: string;
  readonly marker_end: string;
  readonly insertafter?: string;
  readonly insertbefore?: string;
  readonly append_newline: boolean;
  readonly prepend_newline: boolean;
}

function wantedBlock({
  state,
  block,
  marker,
  marker_begin,
  marker_end,
  insertafter,
  insertbefore,
  ...blank
}: BlockParams) {
  const isPresent = state === "present";
  return {
    block: isPresent ? block : "",
    begin: marker.replaceAll("{mark}", () => marker_begin),
    end: marker.replaceAll("{mark}", () => marker_end),
    ...(insertafter !== undefined && { insertafter }),
    ...(insertbefore !== undefined && { insertbefore }),
    prependNewline: isPresent && blank.prepend_newline,
    appendNewline: isPresent && blank.append_newline,
  };
}
