import { Mistake } from "../mistakes/mistake.ts";
import type { Cursor } from "./cursor.ts";
import { isNameCode, isSpaceOrEnd } from "./cursor.ts";
import type { Token } from "./token.ts";

/** Reads `&name` or `*name`. */
export function readName(cursor: Cursor): Token {
  const start = cursor.offset;
  cursor.offset++;
  while (isNameCode(cursor.code())) cursor.offset++;
  const { text: whole, offset: end } = cursor;
  const sign = whole[start];
  const kind = sign === "*" ? "alias" : "anchor";
  const text = whole.slice(start + 1, end);
  if (text === "" || !(isSpaceOrEnd(cursor.code()) || "?:,]}%@`".includes(whole[end] ?? ""))) {
    throw new Mistake("character", `${sign} begins an ${kind}, and this cannot be part of its name`, end, {
      since: start,
      hint: `quote the value if it is meant to begin with ${sign}`,
    });
  }
  return { kind, start, end, text, inside: start };
}
