import { InputError } from "./errors.ts";

/** One word for a POSIX shell, whatever is in it. The only place where anything is quoted. */
export function quote(word: string): string {
  if (word.includes("\0")) {
    throw new InputError({
      code: "shell/nul",
      message: `a command's argument holds a NUL byte, which no program can be given: ${JSON.stringify(word.slice(0, 80))}`,
      hint: "send binary data on stdin, or as a file",
    });
  }
  return /^[A-Za-z0-9_/.:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command line for a POSIX shell. */
export function quoteAll(argv: readonly string[]): string {
  return argv.map(quote).join(" ");
}
