import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";

/** A word of a line, without its quotes, and where it begins in the line. */
export interface Word {
  readonly text: string;
  readonly index: number;
}

/** Words as a POSIX shell would split them: quotes hold blanks together, a backslash takes the next character, # ends it all. */
export function splitWords(line: string, placeAt: (index: number) => Place): readonly Word[] {
  const words: Word[] = [];
  let isWithin = false;
  for (let at = 0; at < line.length && line[at] !== "#"; ) {
    if (/\s/.test(line[at] ?? "")) {
      isWithin = false;
      at++;
      continue;
    }
    const piece = readPiece(line, at, placeAt);
    const last = words.at(-1);
    if (isWithin && last) words[words.length - 1] = { ...last, text: last.text + piece.text };
    else words.push({ text: piece.text, index: at });
    isWithin = true;
    at = piece.end;
  }
  return words;
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

/** What stands in one pair of quotes, after one backslash, or between such. */
function readPiece(line: string, start: number, placeAt: (index: number) => Place): Piece {
  const sign = line[start];
  if (sign === "'" || sign === '"') {
    const end = closingQuote(line, start);
    if (end < 0) throw unclosed("this quote is never closed", placeAt(start));
    const inside = line.slice(start + 1, end);
    return { text: sign === "'" ? inside : inside.replace(/\\(["\\])/g, "$1"), end: end + 1 };
  }
  if (sign === "\\") {
    if (start + 1 === line.length) throw unclosed("nothing follows this backslash", placeAt(start));
    return { text: line[start + 1] ?? "", end: start + 2 };
  }
  const [text = ""] = /^[^\s'"\\#]+/.exec(line.slice(start)) ?? [];
  return { text, end: start + text.length };
}

function closingQuote(line: string, start: number): number {
  const quote = line[start] ?? "";
  if (quote === "'") return line.indexOf(quote, start + 1);
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line[at] === quote) return at;
  }
  return -1;
}

function unclosed(message: string, place: Place): InputError {
  return new InputError({ code: "inventory/quote", message, place });
}
