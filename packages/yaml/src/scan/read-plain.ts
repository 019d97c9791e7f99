import { Mistake, tabMistake } from "../mistakes/mistake.ts";
import type { Cursor } from "./cursor.ts";
import { isBlank, isBreak, isSpaceOrEnd } from "./cursor.ts";
import { takeSpace } from "./take-space.ts";
import type { Trace } from "./trace.ts";

/** A scalar without quotes, and where it ends: the cursor is past the space that follows it. */
export interface PlainScalar {
  readonly text: string;
  readonly end: number;
}

/** Reads a scalar without quotes, over as many lines as are indented by `indent`. */
export function readPlain(cursor: Cursor, indent: number, isFlow: boolean, trace?: Trace): PlainScalar {
  const start = cursor.offset;
  const checkIndent = () => {
    if (cursor.code() === 9 && cursor.column < indent) {
      throw tabMistake(cursor.offset, start);
    }
  };
  let text = "";
  let space = "";
  let end = start;
  while (cursor.code() !== 0x23 && !cursor.isAtDocumentMark()) {
    const from = cursor.offset;
    takeWords(cursor, isFlow, start);
    if (cursor.offset === from) break;
    text += space;
    trace?.push(text.length, from);
    text += cursor.text.slice(from, cursor.offset);
    end = cursor.offset;
    const code = cursor.code();
    if (!isBlank(code) && !isBreak(code)) break;
    space = takeSpace(cursor, { checkIndent });
    if (!isFlow && cursor.column < indent) break;
  }
  return { text, end };
}

/**
 * Takes words up to the end of the line, a comment, or what ends a scalar. By patterns, since they are fast from the
 * first character on: a program that runs for a tenth of a second has no time to be compiled.
 */
function takeWords(cursor: Cursor, isFlow: boolean, start: number): void {
  const words = isFlow ? flowWords : blockWords;
  words.lastIndex = cursor.offset;
  if (words.test(cursor.text)) cursor.offset = words.lastIndex;
  // `a:,` and `a:]` are what libyaml has no reading for.
  if (isFlow && cursor.code() === 0x3a && !isSpaceOrEnd(cursor.code(1))) {
    throw new Mistake("colon", "a colon needs a blank after it here", cursor.offset, { since: start });
  }
}

const space = "\\0\\t\\n\\r \\x85\\u2028\\u2029";
const blockWord = `(?:[^${space}:]|:(?![${space}]))+`;
const flowWord = `(?:[^${space}:,[\\]{}]|:(?![${space},?[\\]{}]))+`;
const blockWords = new RegExp(`${blockWord}(?:[ \\t]+(?!#)${blockWord})*`, "y");
const flowWords = new RegExp(`${flowWord}(?:[ \\t]+(?!#)${flowWord})*`, "y");
