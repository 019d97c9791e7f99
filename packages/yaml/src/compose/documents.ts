import { Mistake } from "../mistakes/mistake.ts";
import type { Scanner } from "../scan/scanner.ts";
import type { Token, TokenKind } from "../scan/token.ts";
import { composeValue } from "./compose-value.ts";
import { Spots } from "./spots.ts";
import { Tags } from "./tags.ts";
import type { ComposeOptions } from "./value-maker.ts";
import { ValueMaker } from "./value-maker.ts";

/** A document before offsets have become places. */
export interface Composed {
  readonly value: unknown;
  readonly start: number;
  readonly spots: Spots;
}

/** Reads all documents of a text. What can be read past is put into `mistakes`; what cannot is thrown. */
export function composeDocuments(tokens: Scanner, options: ComposeOptions): Composed[] {
  const documents: Composed[] = [];
  if (!startsDocument.has(tokens.peek().kind)) documents.push(composeDocument(tokens, new Tags([]), options, false));
  for (;;) {
    while (tokens.peek().kind === "document-end") tokens.take();
    if (tokens.peek().kind === "end") return documents;
    const tags = readDirectives(tokens);
    const { kind, start } = tokens.peek();
    if (kind !== "document-start") {
      throw new Mistake("indentation", "this belongs to nothing before it", start, {
        hint: "indent it like the lines it belongs to",
      });
    }
    tokens.take();
    documents.push(composeDocument(tokens, tags, options, true));
  }
}

const startsDocument = new Set<TokenKind>(["yaml-directive", "tag-directive", "document-start", "end"]);

/** After `---` there may be nothing, which is null. */
function composeDocument(tokens: Scanner, tags: Tags, options: ComposeOptions, isAfterMark: boolean): Composed {
  const spots = new Spots();
  const { kind, start } = tokens.peek();
  const isEmpty = isAfterMark && (startsDocument.has(kind) || kind === "document-end");
  const value = isEmpty ? null : composeValue(tokens, new ValueMaker(options, tags, spots));
  if (tokens.peek().kind === "document-end") tokens.take();
  return { value, start, spots };
}

function readDirectives(tokens: Scanner): Tags {
  const tags: Token[] = [];
  let isVersionGiven = false;
  for (;;) {
    const token = tokens.peek();
    if (token.kind !== "tag-directive" && token.kind !== "yaml-directive") return new Tags(tags);
    tokens.take();
    if (token.kind === "tag-directive") tags.push(token);
    else if (isVersionGiven) throw new Mistake("directive", "%YAML is there twice", token.start);
    else if (!/^1\.[12]$/.test(token.text)) {
      throw new Mistake("directive", `YAML ${token.text} is not known here`, token.start, { hint: "%YAML 1.1" });
    } else isVersionGiven = true;
  }
}
