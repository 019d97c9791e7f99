import { Mistake } from "../mistakes/mistake.ts";
import { Cursor } from "./cursor.ts";
import { readBlock } from "./read-block.ts";
import { readPlain } from "./read-plain.ts";
import { readQuoted } from "./read-quoted.ts";
import type { Trace } from "./trace.ts";

/** Reads a scalar a second time, to know where each part of its value was written: nobody asks this of most of them. */
export function traceScalar(text: string, start: number, inside: number | undefined): Trace {
  const trace: Trace = [];
  const cursor = new Cursor(`${text}\0\0\0\0`, start, lineStartOf(text, start));
  const sign = text[start];
  try {
    if (inside !== undefined) readBlock(cursor, parentIndent(text, start, inside), trace);
    else if (sign === '"' || sign === "'") readQuoted(cursor, trace);
    else readPlain(cursor, -1, false, trace);
  } catch (mistake) {
    // What follows the scalar is read by rules that may not be its own; the scalar itself has been read before.
    if (!(mistake instanceof Mistake)) throw mistake;
  }
  return trace;
}

/** The indentation that, with the digit in the header, leads to where the content begins. */
function parentIndent(text: string, start: number, inside: number): number {
  const digit = /^[|>][-+]?([1-9])/.exec(text.slice(start, start + 3))?.[1];
  return digit === undefined ? -1 : inside - lineStartOf(text, inside) - Number(digit);
}

function lineStartOf(text: string, offset: number): number {
  for (let at = offset; at > 0; at--) if (/[\n\r\x85\u2028\u2029]/.test(text[at - 1] ?? "")) return at;
  return 0;
}
