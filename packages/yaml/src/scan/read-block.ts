import { Mistake, tabMistake } from "../mistakes/mistake.ts";
import type { Cursor } from "./cursor.ts";
import { isBlank, isBreak, isBreakOrEnd, isDigit } from "./cursor.ts";
import type { Trace } from "./trace.ts";

export interface BlockScalar {
  readonly text: string;
  /** Where the first line of content begins. */
  readonly inside: number;
}

/** Reads a literal (`|`) or folded (`>`) scalar; `parentIndent` is the indentation of what it belongs to. */
export function readBlock(cursor: Cursor, parentIndent: number, trace?: Trace): BlockScalar {
  const start = cursor.offset;
  const isLiteral = cursor.code() === 0x7c;
  const { chomping, increment } = readHeader(cursor);
  const given = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  const least = Math.max(parentIndent + 1, 1);
  const first = takeIndent(cursor, given, least, start);
  const { indent } = first;
  let { breaks } = first;
  const inside = cursor.offset;
  let text = "";
  let lineBreak = "";
  let wasBlank = false;
  while (cursor.column === indent && cursor.code() !== 0) {
    const isBlankLine = isBlank(cursor.code());
    if (!isLiteral && lineBreak === "\n" && !wasBlank && !isBlankLine) text += breaks === "" ? " " : breaks;
    else text += lineBreak + breaks;
    wasBlank = isBlankLine;
    const from = cursor.offset;
    cursor.skipToBreak();
    trace?.push(text.length, from);
    text += cursor.text.slice(from, cursor.offset);
    lineBreak = isBreak(cursor.code()) ? cursor.takeBreak() : "";
    breaks = takeIndent(cursor, indent, least, start).breaks;
  }
  return { text: text + (chomping === "-" ? "" : lineBreak) + (chomping === "+" ? breaks : ""), inside };
}

/** `|`, `>-`, `|2+` and so on, up to the end of their line. */
function readHeader(cursor: Cursor): { chomping: string; increment: number } {
  const start = cursor.offset;
  cursor.offset++;
  let chomping = "";
  let increment = 0;
  for (let left = 2; left > 0; left--) {
    const code = cursor.code();
    if ((code === 0x2b || code === 0x2d) && chomping === "") chomping = code === 0x2b ? "+" : "-";
    else if (isDigit(code) && increment === 0) {
      increment = code - 0x30;
      if (increment === 0) throw new Mistake("block-scalar", "an indentation of 0 cannot be asked for", cursor.offset);
    } else break;
    cursor.offset++;
  }
  cursor.skipBlanks();
  if (cursor.code() === 0x23) cursor.skipToBreak();
  if (!isBreakOrEnd(cursor.code())) {
    const sign = cursor.text[start];
    throw new Mistake("block-scalar", `after ${sign} the text begins on the next line`, cursor.offset, {
      since: start,
      hint: `quote the value if it is meant to begin with ${sign}`,
    });
  }
  if (isBreak(cursor.code())) cursor.takeBreak();
  return { chomping, increment };
}

/** Takes empty lines and the indentation of the next; finds out how far that is when it is not yet known (0). */
function takeIndent(cursor: Cursor, known: number, least: number, start: number): { breaks: string; indent: number } {
  let breaks = "";
  let widest = 0;
  for (;;) {
    while ((known === 0 || cursor.column < known) && cursor.code() === 0x20) cursor.offset++;
    if (cursor.column > widest) widest = cursor.column;
    if ((known === 0 || cursor.column < known) && cursor.code() === 9) {
      throw tabMistake(cursor.offset, start);
    }
    if (!isBreak(cursor.code())) break;
    breaks += cursor.takeBreak();
  }
  return { breaks, indent: known === 0 ? Math.max(widest, least) : known };
}
