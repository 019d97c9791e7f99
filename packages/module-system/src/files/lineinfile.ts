import { lookInto } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { defineFileModule } from "./define-file-module.ts";
import { demandSense } from "./demand-sense.ts";
import { editFile, isAbsent } from "./edit-file.ts";
import { editFields, textBefore } from "./edit-result.ts";
import { backupReturns } from "./file-result.ts";
import { linesOf } from "./text/lines-of.ts";
import { putLine, removeLines } from "./text/put-line.ts";

export const lineinfile = defineFileModule({
  name: "lineinfile",
  summary: "One line that is, or is not, in a file.",
  params: Type.Object(
    {
      path: Type.String({ aliases: ["dest", "destfile", "name"], description: "the file" }),
      state: Type.Union([Type.Literal("present"), Type.Literal("absent")], {
        default: "present",
        description: "whether the line is to be there",
      }),
      line: Type.Optional(Type.String({ aliases: ["value"], description: "the line" })),
      regexp: Type.Optional(
        Type.String({ aliases: ["regex"], description: "it takes the place of the line that matches" }),
      ),
      search_string: Type.Optional(Type.String({ description: "it takes the place of the line that this is in" })),
      backrefs: Type.Boolean({ default: false, description: "\\1 in the line is what the pattern's group found" }),
      insertafter: Type.Optional(Type.String({ description: "a new line comes after what matches this, or EOF" })),
      insertbefore: Type.Optional(Type.String({ description: "a new line comes before what matches this, or BOF" })),
      firstmatch: Type.Boolean({
        default: false,
        description: "of several that match, the first is meant, not the last",
      }),
      create: Type.Boolean({ default: false, description: "make the file when it is absent" }),
      backup: Type.Boolean({ default: false, description: "keep what was there beside it" }),
      validate: Type.Optional(Type.String({ description: "must succeed first; `%s` is the file to look at" })),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    demandLineSense(params);
    return lookInto(cleanPath(params.path));
  },
  plan(answers, params) {
    if (params.state === "present") return editFile(answers, params, (text) => putLine(text, wantedLine(params)));
    return isAbsent(answers) ? [] : editFile(answers, params, (text) => removeLines(text, params).text);
  },
  result(made, params) {
    const before = textBefore(made.before) ?? "";
    if (params.state === "absent") {
      const { found } = removeLines(before, params);
      const fields = editFields(made, found > 0 ? `${found} line(s) removed` : "");
      return { ...fields, found, backup: fields.backup_file ?? "" };
    }
    const fields = editFields(made, whatWasDone(before, putLine(before, wantedLine(params))));
    return { ...fields, backup: fields.backup_file ?? "" };
  },
  returns: Type.Object({
    msg: Type.String({ description: "what was done" }),
    found: Type.Optional(Type.Integer({ description: "how many lines were removed" })),
    backup: Type.String({ description: "where what was there before is kept" }),
    ...backupReturns,
  }),
});

interface LineParams {
  readonly line?: string;
  readonly regexp?: string;
  readonly search_string?: string;
  readonly insertafter?: string;
  readonly insertbefore?: string;
  readonly backrefs: boolean;
  readonly firstmatch: boolean;
}

function wantedLine({ line = "", regexp, search_string, insertafter, insertbefore, backrefs, firstmatch }: LineParams) {
  return {
    ...{ line, backrefs, firstmatch },
    ...(regexp !== undefined && { regexp }),
    ...(search_string !== undefined && { search_string }),
    ...(insertafter !== undefined && { insertafter }),
    ...(insertbefore !== undefined && { insertbefore }),
  };
}

function demandLineSense(params: LineParams & { readonly path: string; readonly state: string }): void {
  const { path, state, line, regexp, search_string, insertafter, insertbefore, backrefs } = params;
  const isPresent = state === "present";
  const isGiven = (value: string | undefined) => value !== undefined;
  demandSense(`lineinfile ${path}`, {
    "`line` is needed with state: present": isPresent && !isGiven(line),
    "`line`, `regexp` or `search_string` is needed with state: absent":
      !isPresent && ![line, regexp, search_string].some(isGiven),
    "`backrefs` needs a `regexp` whose groups they mean": isPresent && backrefs && !isGiven(regexp),
    "`regexp` and `search_string` exclude each other": isGiven(regexp) && isGiven(search_string),
    "`insertafter` and `insertbefore` exclude each other": isGiven(insertafter) && isGiven(insertbefore),
  });
}

function whatWasDone(before: string, after: string): string {
  if (before === after) return "";
  return linesOf(after).length > linesOf(before).length ? "line added" : "line replaced";
}
