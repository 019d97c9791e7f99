import { lookInto } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams } from "./attribute-params.ts";
import { cleanPath } from "./clean-path.ts";
import { defineFileModule } from "./define-file-module.ts";
import { editFile } from "./edit-file.ts";
import { editFields, textBefore } from "./edit-result.ts";
import { backupReturns } from "./file-result.ts";
import { replaceText } from "./text/replace-text.ts";

export const replace = defineFileModule({
  name: "replace",
  summary: "Every match of a pattern in a file, replaced.",
  params: Type.Object(
    {
      path: Type.String({ aliases: ["dest", "destfile", "name"], description: "the file" }),
      regexp: Type.String({ description: "what is replaced; ^ and $ are at each line's ends" }),
      replace: Type.String({ default: "", description: "what takes its place; \\1 is what the pattern's group found" }),
      after: Type.Optional(Type.String({ description: "only what comes after a match of this" })),
      before: Type.Optional(Type.String({ description: "only what comes before a match of this" })),
      backup: Type.Boolean({ default: false, description: "keep what was there beside it" }),
      validate: Type.Optional(Type.String({ description: "must succeed first; `%s` is the file to look at" })),
      encoding: Type.Union([Type.Literal("utf-8"), Type.Literal("utf8"), Type.Literal("UTF-8")], {
        default: "utf-8",
        description: "how the file is written; only utf-8",
      }),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe: ({ path }) => lookInto(cleanPath(path)),
  plan: (answers, params) => editFile(answers, params, (text) => replaced(text, params).text),
  result(made, params) {
    const before = textBefore(made.before) ?? "";
    return { rc: 0, ...editFields(made, replaced(before, params).msg) };
  },
  returns: Type.Object({
    msg: Type.String({ description: "what was done" }),
    rc: Type.Integer({ description: "0" }),
    ...backupReturns,
  }),
});

interface ReplaceParams {
  readonly regexp: string;
  readonly replace: string;
  readonly after?: string;
  readonly before?: string;
}

/** The text afterwards, and what is said of it; where nothing stands between the marks, nothing is done. */
function replaced(
  text: string,
  { regexp, replace: by, after, before }: ReplaceParams,
): { readonly text: string; readonly msg: string } {
  const marks = { ...(after !== undefined && { after }), ...(before !== undefined && { before }) };
  const done = replaceText(text, { regexp, replace: by, ...marks });
  if ("missing" in done)
    return { text, msg: `Pattern for before/after params did not match the given file: ${done.missing}` };
  return { text: done.text, msg: done.text === text ? "" : `${done.count} replacements made` };
}
