import { InputError, Refused } from "@evenkeel/core";
import type { Attributes } from "@evenkeel/kinds";
import { modeText } from "@evenkeel/kinds";
import { Type } from "typebox";
import { labelParams } from "./define-file-module.ts";
import { splitWords } from "./split-words.ts";

/** What every module that writes files takes. */
export const attributeParams = {
  mode: Type.Optional(
    Type.Union([Type.String(), Type.Integer()], {
      description: "its mode: octal in quotes, such as '0644', or chmod's letters, such as u=rw,go=r",
    }),
  ),
  owner: Type.Optional(Type.String({ description: "whose it is: a name or a number" })),
  group: Type.Optional(Type.String({ description: "whose group's it is: a name or a number" })),
  unsafe_writes: Type.Optional(
    Type.Boolean({ description: "write into the file instead of replacing it; a crash may tear it" }),
  ),
  attributes: Refused("flags of the filesystem (chattr) are not managed"),
  attr: Refused("flags of the filesystem (chattr) are not managed"),
  ...labelParams,
};

export interface AttributeParams {
  readonly mode?: string | number;
  readonly owner?: string;
  readonly group?: string;
}

/** The attributes that a task asks for. */
export function attributesOf({ mode, owner, group }: AttributeParams): Attributes {
  return {
    ...(mode !== undefined && mode !== "" && { mode: modeText(mode) }),
    ...(owner !== undefined && owner !== "" && { owner }),
    ...(group !== undefined && group !== "" && { group }),
  };
}

/** A command that must like a file before it takes its place. */
export function validationOf(validate: string | undefined): readonly string[] | undefined {
  if (validate === undefined || validate === "") return undefined;
  if (validate.includes("%s")) return splitWords(validate);
  throw new InputError({
    code: "file/validate",
    message: `validate must say where the file's path is to stand: ${validate}`,
    hint: "put %s in its place",
  });
}
