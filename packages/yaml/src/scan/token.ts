export type TokenKind =
  | "yaml-directive"
  | "tag-directive"
  | "document-start"
  | "document-end"
  | "block-sequence"
  | "block-mapping"
  | "block-end"
  | "["
  | "]"
  | "{"
  | "}"
  | ","
  | "-"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "plain"
  | "quoted"
  | "block"
  | "end";

/** A word of the language. Indentation is told by `block-…` tokens, so that nobody after the scanner counts blanks. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A scalar's value, a name, a tag's suffix or a directive's. */
  readonly text: string;
  /** A scalar's first character of content; what indicates it is before. */
  readonly inside: number;
  /** A tag's handle; undefined for a tag that is given in full. */
  readonly handle?: string | undefined;
}
