import { Mistake } from "../mistakes/mistake.ts";
import type { Cursor } from "./cursor.ts";

const replacements: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

const lengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads a backslash and what belongs to it. */
export function readEscape(cursor: Cursor): string {
  const start = cursor.offset;
  const letter = cursor.text[start + 1] ?? "";
  const replacement = replacements[letter];
  if (replacement !== undefined) {
    cursor.offset += 2;
    return replacement;
  }
  const length = lengths[letter];
  if (length === undefined) {
    throw new Mistake("escape", `there is no escape \\${letter === "\0" ? "" : letter} in double quotes`, start, {
      hint: "write \\\\ for a backslash, or use single quotes, in which a backslash is a backslash",
    });
  }
  const digits = cursor.text.slice(start + 2, start + 2 + length);
  if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < length) {
    throw new Mistake("escape", `\\${letter} needs ${length} hexadecimal digits after it`, start);
  }
  cursor.offset += 2 + length;
  return readCodePoint(cursor, Number.parseInt(digits, 16), start);
}

function readCodePoint(cursor: Cursor, code: number, start: number): string {
  if (code > 0x10ffff || (code >= 0xdc00 && code <= 0xdfff)) throw noSuchCharacter(start);
  if (code < 0xd800 || code > 0xdbff) return String.fromCodePoint(code);
  // JSON writes characters beyond the first 65,536 as two escapes.
  const low = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})/.exec(cursor.text.slice(cursor.offset, cursor.offset + 6));
  if (!low?.[1]) throw noSuchCharacter(start);
  cursor.offset += 6;
  return String.fromCharCode(code, Number.parseInt(low[1], 16));
}

function noSuchCharacter(start: number): Mistake {
  return new Mistake("escape", "this escape names no character", start);
}
