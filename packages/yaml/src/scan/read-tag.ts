import { Mistake } from "../mistakes/mistake.ts";
import type { Cursor } from "./cursor.ts";
import { isNameCode, isSpaceOrEnd } from "./cursor.ts";

export interface TagName {
  /** Undefined for `!<…>` and for `!` alone. */
  readonly handle: string | undefined;
  readonly suffix: string;
}

/** Reads `!name`, `!!name`, `!handle!name`, `!<full name>` or a lone `!`. */
export function readTag(cursor: Cursor, isFlow: boolean): TagName {
  const start = cursor.offset;
  const tag = cursor.code(1) === 0x3c ? readVerbatim(cursor) : readShort(cursor, start);
  const code = cursor.code();
  if (!isSpaceOrEnd(code) && !(isFlow && code === 0x2c)) {
    throw new Mistake("tag", "! begins a tag, and this cannot be part of one", cursor.offset, {
      since: start,
      hint: "quote the value if it is meant to begin with !",
    });
  }
  return tag;
}

/** `!`, `!!` or `!name!`, as it stands in a tag or in a %TAG line. */
export function readHandle(cursor: Cursor): string {
  const start = cursor.offset;
  cursor.offset++;
  while (isNameCode(cursor.code())) cursor.offset++;
  if (cursor.code() === 0x21) cursor.offset++;
  else if (cursor.offset > start + 1) cursor.offset = start + 1;
  return cursor.text.slice(start, cursor.offset);
}

/** The rest of a tag's name, with its %-escapes undone. */
export function readUri(cursor: Cursor, allowed: RegExp): string {
  const start = cursor.offset;
  while (allowed.test(cursor.text[cursor.offset] ?? "")) cursor.offset++;
  const text = cursor.text.slice(start, cursor.offset);
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw new Mistake("tag", "% in a tag is followed by two hexadecimal digits", start);
  }
}

const shortName = /[\w\-;/?:@&=+$.%!~*'()]/;
/** What may stand between < and >, and in a %TAG line. */
export const fullName = /[\w\-;/?:@&=+$.%!~*'(),[\]]/;

function readVerbatim(cursor: Cursor): TagName {
  const start = cursor.offset;
  cursor.offset += 2;
  const suffix = readUri(cursor, fullName);
  if (suffix === "" || cursor.code() !== 0x3e) {
    throw new Mistake("tag", "a tag that begins with !< ends with >", cursor.offset, { since: start });
  }
  cursor.offset++;
  return { handle: undefined, suffix };
}

function readShort(cursor: Cursor, start: number): TagName {
  const handle = readHandle(cursor);
  const suffix = readUri(cursor, shortName);
  if (suffix !== "") return { handle, suffix };
  if (handle === "!") return { handle: undefined, suffix: "!" };
  throw new Mistake("tag", `the tag ${handle} has no name`, start);
}
