import { InputError } from "@evenkeel/core";

/** A command line as words, the way a shell splits and unquotes it; nothing is expanded. */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [, blank, single, double, escaped, plain, stray] of line.matchAll(PIECE)) {
    if (stray !== undefined) throw unclosed(line);
    if (blank !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + (single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? plain ?? "");
  }
  return word === undefined ? words : [...words, word];
}

const PIECE = /(\s+)|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(['"\\])/gs;

function unclosed(line: string): InputError {
  return new InputError({
    code: "command/unclosed",
    message: `a quote is not closed: ${line}`,
    hint: "each ' and \" needs its partner",
  });
}
