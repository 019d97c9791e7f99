import { Mistake } from "../mistakes/mistake.ts";
import type { Cursor } from "./cursor.ts";
import { isBlank, isBreak, isBreakOrEnd, isNameCode } from "./cursor.ts";
import { fullName, readHandle, readUri } from "./read-tag.ts";
import type { Token } from "./token.ts";

/** Reads a line such as `%YAML 1.1` or `%TAG !e! tag:example.com:`. */
export function readDirective(cursor: Cursor): Token {
  const start = cursor.offset;
  cursor.offset++;
  while (isNameCode(cursor.code())) cursor.offset++;
  const name = cursor.text.slice(start + 1, cursor.offset);
  cursor.skipBlanks();
  const token =
    name === "YAML" ? readVersion(cursor, start) : name === "TAG" ? readTagPrefix(cursor, start) : undefined;
  if (token === undefined) {
    throw new Mistake("directive", "% at the start of a line is for %YAML and %TAG", start, {
      hint: "quote the value, or indent the line",
    });
  }
  endLine(cursor, start);
  return token;
}

function readVersion(cursor: Cursor, start: number): Token {
  const [version] = /^\d{1,9}\.\d{1,9}/.exec(cursor.text.slice(cursor.offset, cursor.offset + 20)) ?? [];
  if (version === undefined) throw new Mistake("directive", "%YAML is followed by a version, such as 1.1", start);
  cursor.offset += version.length;
  return { kind: "yaml-directive", start, end: cursor.offset, text: version, inside: start };
}

function readTagPrefix(cursor: Cursor, start: number): Token {
  const handle = cursor.code() === 0x21 ? readHandle(cursor) : "";
  const isApart = isBlank(cursor.code());
  cursor.skipBlanks();
  const prefix = readUri(cursor, fullName);
  if (handle === "" || prefix === "" || !isApart) {
    throw new Mistake("directive", "%TAG is followed by a handle and what it stands for", start, {
      hint: "%TAG !e! tag:example.com,2000:",
    });
  }
  return { kind: "tag-directive", start, end: cursor.offset, text: prefix, inside: start, handle };
}

function endLine(cursor: Cursor, start: number): void {
  cursor.skipBlanks();
  if (cursor.code() === 0x23) cursor.skipToBreak();
  if (!isBreakOrEnd(cursor.code())) {
    throw new Mistake("directive", "there is more on this line than belongs to it", cursor.offset, { since: start });
  }
  if (isBreak(cursor.code())) cursor.takeBreak();
}
