import { InputError } from "@evenkeel/core";

/**
 * A file of SQL as its statements, as the servers' own clients take it apart: at semicolons that are in no text, name or comment, or at
 * what a line `DELIMITER` says.
 */
export function splitStatements(text: string): readonly string[] {
  if (text.includes("\0")) throw new InputError({ code: "mysql/nul", message: "a NUL byte in a file of SQL" });
  const statements: string[] = [];
  let [delimiter, begin, at] = [";", 0, 0];
  const end = (until: number) => {
    const statement = text.slice(begin, until).trim();
    if (hasMeaning(statement)) statements.push(statement);
  };
  while (at < text.length) {
    const command = isLineStart(text, begin, at)
      ? /^[ \t]*delimiter[ \t]+(\S+)[^\n]*(\n|$)/i.exec(text.slice(at, at + 200))
      : null;
    if (command) {
      end(at);
      delimiter = command[1] ?? ";";
      at += command[0].length;
      begin = at;
    } else if (text.startsWith(delimiter, at)) {
      end(at);
      at += delimiter.length;
      begin = at;
    } else at = skipped(text, at);
  }
  end(text.length);
  return statements;
}

/** Only where a statement begins. */
function isLineStart(text: string, begin: number, at: number): boolean {
  return (at === 0 || text[at - 1] === "\n") && !hasMeaning(text.slice(begin, at));
}

/** Comments alone are no statement; `/*!` is one to the server. */
function hasMeaning(text: string): boolean {
  return text.replace(/--(?:[ \t][^\n]*|(?=\n|$))|#[^\n]*|\/\*(?![!M])[\s\S]*?\*\//g, "").trim() !== "";
}

/** Behind a text, a name or a comment; else behind one letter. */
function skipped(text: string, at: number): number {
  const letter = text[at];
  if (letter === "'" || letter === '"' || letter === "`") return behindQuote(text, at, letter);
  const opening = text.slice(at, at + 3);
  if (letter === "#" || /^--[ \t\n]/.test(opening) || (opening === "--" && at + 2 === text.length))
    return behind(text, at, "\n");
  if (opening.startsWith("/*")) return behind(text, at + 2, "*/");
  return at + 1;
}

function behindQuote(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\" && quote !== "`") at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

function behind(text: string, at: number, end: string): number {
  const found = text.indexOf(end, at);
  return found < 0 ? text.length : found + end.length;
}
