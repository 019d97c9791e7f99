/** What can be wrong with a text that is meant to be YAML. */
export type MistakeCode =
  | "after-quote"
  | "alias"
  | "alias-bomb"
  | "anchor"
  | "block-scalar"
  | "character"
  | "closing"
  | "colon"
  | "control-character"
  | "dash"
  | "depth"
  | "directive"
  | "documents"
  | "duplicate-key"
  | "entry"
  | "escape"
  | "expected-key"
  | "indentation"
  | "key"
  | "merge"
  | "quote"
  | "tab"
  | "tag"
  | "template"
  | "value";

/** A mistake while it is only an offset; it becomes an InputError where the file's name is known. */
export class Mistake extends Error {
  readonly code: MistakeCode;
  readonly offset: number;
  /** Where that began which could not be finished. */
  readonly since: number | undefined;
  readonly hint: string | undefined;

  constructor(code: MistakeCode, message: string, offset: number, more: { since?: number; hint?: string } = {}) {
    super(message);
    this.code = code;
    this.offset = offset;
    this.since = more.since;
    this.hint = more.hint;
  }
}

/** The mistake that is made most often. */
export function tabMistake(offset: number, since?: number): Mistake {
  return new Mistake("tab", "a tab, where only blanks can indent", offset, {
    ...(since !== undefined && { since }),
    hint: "put blanks in its place",
  });
}

/** `@`, `` ` `` and `%`, and within brackets the signs of block scalars. */
export function signMistake({ text, offset }: { readonly text: string; readonly offset: number }): Mistake {
  const sign = text[offset];
  return new Mistake("character", `nothing can begin with ${sign}`, offset, {
    hint: `quote the value if it is meant to begin with ${sign}`,
  });
}
