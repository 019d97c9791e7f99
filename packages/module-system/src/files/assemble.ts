import { isUnsettled, StepError } from "@evenkeel/core";
import type { FragmentsState } from "@evenkeel/kinds";
import { fragments, itself, ourFragments } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { writingOf } from "./copy-source.ts";
import { defineFileModule } from "./define-file-module.ts";
import { backupField, backupReturns, checksumFields, checksumReturns, fileFields, fileReturns } from "./file-result.ts";
import { lookForPlace, placeOf } from "./place.ts";
import { pythonPattern } from "./text/python-pattern.ts";
import { writeContent } from "./write-content.ts";

export const assemble = defineFileModule({
  name: "assemble",
  summary: "A file made of all the files in a folder.",
  params: Type.Object(
    {
      src: Type.String({ local: "tree", unless: "remote_src", description: "the folder with the parts" }),
      dest: Type.String({ description: "the file that they make" }),
      remote_src: Type.Boolean({ default: true, description: "the folder is on the host" }),
      delimiter: Type.Optional(Type.String({ description: "what stands between two parts" })),
      regexp: Type.Optional(Type.String({ description: "only parts whose names match" })),
      ignore_hidden: Type.Boolean({ default: false, description: "no parts whose names begin with a dot" }),
      backup: Type.Boolean({ default: false, description: "keep what was there beside it" }),
      validate: Type.Optional(Type.String({ description: "must succeed first; `%s` is the file to look at" })),
      decrypt: Type.Boolean({ default: true, description: "what a vault has encrypted is decrypted first" }),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe: ({ src, dest, remote_src }) => ({
    ...lookForPlace(dest, undefined),
    parts: remote_src ? fragments(cleanPath(src)) : ourFragments(src),
  }),
  plan(answers, params) {
    const { state } = answers.parts;
    const content = isUnsettled(state) ? state : assembled(state, params);
    const writing = writingOf({ ...params, force: true, follow: false }, undefined);
    return writeContent(placeOf(answers, params.dest, undefined), { ...writing, content });
  },
  result({ after, changes, outputs }, params) {
    const { state } = after.parts;
    const target = itself(placeOf(after, params.dest, undefined));
    const sums = isUnsettled(state) ? {} : checksumFields(assembled(state, params));
    return {
      dest: target.key,
      src: params.src,
      msg: "OK",
      ...fileFields(target),
      ...sums,
      ...backupField(changes, outputs),
    };
  },
  returns: Type.Object({
    dest: Type.String({ description: "the file" }),
    src: Type.String({ description: "the folder" }),
    msg: Type.String({ description: "OK" }),
    ...fileReturns,
    ...checksumReturns,
    ...backupReturns,
  }),
});

interface AssembleParams {
  readonly src: string;
  readonly delimiter?: string;
  readonly regexp?: string;
  readonly ignore_hidden: boolean;
}

function assembled(state: FragmentsState, { src, delimiter, regexp, ignore_hidden }: AssembleParams): string {
  if (state.state === "absent")
    throw cannotAssemble(`${src} is no folder on the host`, "remote_src: false means a folder of ours");
  const pattern = regexp === undefined ? undefined : pythonPattern(regexp);
  const parts = state.fragments
    .filter(({ name }) => (pattern?.test(name) ?? true) && !(ignore_hidden && name.startsWith(".")))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const between = delimiter ? unescaped(delimiter) : "";
  return parts.reduce((whole, { name, text }, index) => {
    if (text === undefined) throw cannotAssemble(`${src}/${name} is no UTF-8 text`);
    const isOpen = whole !== "" && !whole.endsWith("\n");
    return `${whole}${isOpen ? "\n" : ""}${index > 0 && between !== "" ? withNewline(between) : ""}${text}`;
  }, "");
}

function withNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

/** As Python reads escapes in text. */
function unescaped(text: string): string {
  const controls: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };
  return text.replace(/\\(x[0-9a-f]{2}|[ntr\\'"])/gi, (_, what: string) =>
    what.length === 3 ? String.fromCharCode(Number.parseInt(what.slice(1), 16)) : (controls[what] ?? what),
  );
}

function cannotAssemble(message: string, hint?: string): StepError {
  return new StepError({ code: "assemble/parts", message, ...(hint !== undefined && { hint }) });
}
