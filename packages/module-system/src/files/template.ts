import type { Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { followed, itself } from "@evenkeel/kinds";
import { Type } from "typebox";
import { attributeParams } from "./attribute-params.ts";
import { writingOf } from "./copy-source.ts";
import { defineFileModule } from "./define-file-module.ts";
import { backupField, backupReturns, checksumFields, checksumReturns, fileFields, fileReturns } from "./file-result.ts";
import { mapText } from "./map-text.ts";
import { lookForPlace, placeOf } from "./place.ts";
import { writeContent } from "./write-content.ts";

const mark = (what: string) => Type.Optional(Type.String({ description: `what ${what} in the template` }));

export const template = defineFileModule({
  name: "template",
  summary: "A file made from a template of ours.",
  params: Type.Object(
    {
      src: Type.Unsafe<string | Secret>({
        type: "string",
        local: "template",
        description: "the template, on our side",
      }),
      dest: Type.String({ description: "the file's path on the host" }),
      force: Type.Boolean({ default: true, description: "replace a file that is there" }),
      backup: Type.Boolean({ default: false, description: "keep what was there beside it" }),
      validate: Type.Optional(Type.String({ description: "must succeed first; `%s` is the file to look at" })),
      follow: Type.Boolean({ default: false, description: "write what a link leads to, not over the link" }),
      newline_sequence: Type.Union(
        ["\n", "\r", "\r\n", "\\n", "\\r", "\\r\\n"].map((text) => Type.Literal(text)),
        { default: "\n", description: "how lines end" },
      ),
      output_encoding: Type.Union([Type.Literal("utf-8"), Type.Literal("utf8"), Type.Literal("UTF-8")], {
        default: "utf-8",
        description: "how text is written; only utf-8",
      }),
      trim_blocks: Type.Boolean({ default: true, description: "the line feed after a block goes" }),
      lstrip_blocks: Type.Boolean({ default: false, description: "blanks before a block go" }),
      block_start_string: mark("begins a block"),
      block_end_string: mark("ends a block"),
      variable_start_string: mark("begins an expression"),
      variable_end_string: mark("ends an expression"),
      comment_start_string: mark("begins a comment"),
      comment_end_string: mark("ends a comment"),
      ...attributeParams,
    },
    { additionalProperties: false },
  ),
  observe: ({ dest }) => lookForPlace(dest, undefined),
  plan(answers, params) {
    if (params.dest.endsWith("/")) {
      throw new InputError({
        code: "template/folder",
        message: `${params.dest} names a folder, and a template makes a file`,
        hint: `name the file: dest: ${params.dest}name`,
      });
    }
    const content = withNewlines(params.src, params.newline_sequence);
    return writeContent(placeOf(answers, params.dest, undefined), { ...writingOf(params, undefined), content });
  },
  result({ after, changes, outputs }, { src, dest, follow, newline_sequence }) {
    const place = placeOf(after, dest, undefined);
    const target = follow ? followed(place) : itself(place);
    const sums = checksumFields(withNewlines(src, newline_sequence));
    return { dest: target.key, ...fileFields(target), ...sums, ...backupField(changes, outputs) };
  },
  returns: Type.Object({
    dest: Type.String({ description: "where it is" }),
    ...fileReturns,
    ...checksumReturns,
    ...backupReturns,
  }),
});

/** Whoever rendered the text may have done so already: doing it again changes nothing. */
function withNewlines(text: string | Secret, sequence: string): string | Secret {
  const newline = sequence.replaceAll("\\n", "\n").replaceAll("\\r", "\r");
  if (newline === "\n") return text;
  const convert = (plain: string) => plain.replace(/\r\n|\r|\n/g, newline);
  return mapText(text, convert);
}
