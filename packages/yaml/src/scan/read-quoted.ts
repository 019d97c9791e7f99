import { Mistake } from "../mistakes/mistake.ts";
import type { Cursor } from "./cursor.ts";
import { isBreak } from "./cursor.ts";
import { readEscape } from "./read-escape.ts";
import { takeSpace } from "./take-space.ts";
import type { Trace } from "./trace.ts";

/** Reads a scalar in single or double quotes, from the opening quote to past the closing one. */
export function readQuoted(cursor: Cursor, trace?: Trace): string {
  const start = cursor.offset;
  const quote = cursor.code();
  let text = "";
  cursor.offset++;
  for (;;) {
    if (cursor.isAtDocumentMark() || cursor.code() === 0) {
      throw new Mistake("quote", "this quote is never closed", start, { since: cursor.offset });
    }
    const word = readWord(cursor, quote, text, trace);
    text = word.text;
    if (cursor.code() === quote) break;
    text += takeSpace(cursor, word);
  }
  cursor.offset++;
  return text;
}

interface Word {
  readonly text: string;
  /** It ended in a backslash at the end of a line: the break does not count. */
  readonly isBreakEscaped: boolean;
}

function readWord(cursor: Cursor, quote: number, before: string, trace: Trace | undefined): Word {
  const ordinary = quote === 0x27 ? ordinaryInSingle : ordinaryInDouble;
  let text = before;
  for (;;) {
    ordinary.lastIndex = cursor.offset;
    if (ordinary.test(cursor.text)) {
      trace?.push(text.length, cursor.offset);
      text += cursor.text.slice(cursor.offset, ordinary.lastIndex);
      cursor.offset = ordinary.lastIndex;
    }
    const code = cursor.code();
    const isEscape = code === 0x5c && quote === 0x22;
    if (isEscape && isBreak(cursor.code(1))) {
      cursor.offset++;
      cursor.takeBreak();
      return { text, isBreakEscaped: true };
    }
    if (isEscape) {
      trace?.push(text.length, cursor.offset);
      text += readEscape(cursor);
    } else if (code === 0x27 && quote === 0x27 && cursor.code(1) === 0x27) {
      trace?.push(text.length, cursor.offset);
      text += "'";
      cursor.offset += 2;
    } else return { text, isBreakEscaped: false };
  }
}

// Blanks as well, when something other than the end of the line follows them.
const space = "\\0\\t\\n\\r \\x85\\u2028\\u2029";
const ordinaryInSingle = new RegExp(`(?:[^'${space}]|[ \\t]+(?=[^${space}]))+`, "y");
const ordinaryInDouble = new RegExp(`(?:[^"\\\\${space}]|[ \\t]+(?=[^${space}]))+`, "y");
