import { InputError, type Place } from "@evenkeel/core";

/** A word of a line, without its quotes, and where it begins in the line. */
export interface Word {
  readonly text: string;
  readonly index: number;
}

/** Words as a POSIX shell would split them: quotes hold blanks together, a backslash takes the next character, # ends it all. */
export function splitWords(line: string, placeAt: (index: number) => Place): readonly Word[] {
  const words: Word[] = [];
  let text: string | undefined;
  let start = 0;
  const add = (more: string, index: number) => {
    if (text === undefined) start = index;
    text = (text ?? "") + more;
  };
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? "";
    if (sign === "#") break;
    if (/\s/.test(sign)) {
      if (text !== undefined) words.push({ text, index: start });
      text = undefined;
    } else if (sign === "'" || sign === '"') {
      const end = closingQuote(line, at);
      if (end < 0) throw unclosed(sign, placeAt(at));
      const inside = line.slice(at + 1, end);
      add(sign === "'" ? inside : inside.replace(/\\(["\\])/g, "$1"), at);
      at = end;
    } else if (sign === "\\") {
      if (at + 1 === line.length) throw unclosed(sign, placeAt(at));
      add(line[++at] ?? "", at - 1);
    } else add(sign, at);
  }
  if (text !== undefined) words.push({ text, index: start });
  return words;
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

function unclosed(sign: string, place: Place): InputError {
  const message = sign === "\\" ? "nothing follows this backslash" : "this quote is never closed";
  return new InputError({ code: "inventory/quote", message, place });
}
