import type { Word } from "./split-words.ts";
import { joinWords, splitWords } from "./split-words.ts";

/** What a line such as `ls -l creates=/x` says. */
export interface Assignments {
  readonly values: ReadonlyMap<string, Word>;
  /** The words that assign nothing, as one text. */
  readonly rest: Word | undefined;
}

/** All that such a line can assign to when it holds a command, in which `=` is common. */
const ofCommands = new Set("creates removes chdir executable warn stdin stdin_add_newline strip_empty_ends".split(" "));

/** Reads `name=value` words. Of a command's line, only the words that are known to be parameters of it. */
export function readAssignments(line: string, isCommand: boolean): Assignments {
  const values = new Map<string, Word>();
  const rest: Word[] = [];
  for (const word of splitWords(line)) {
    const text = unescaped(word.text);
    const at = equalsSign(text);
    if (at === undefined) rest.push(text.includes("=") ? { ...word, text: text.replaceAll("\\=", "=") } : word);
    else if (isCommand && !ofCommands.has(text.slice(0, at))) rest.push(word);
    else values.set(text.slice(0, at).trim(), wordAt(text.slice(at + 1), word.index + at + 1));
  }
  const [first] = rest;
  return { values, rest: first && { text: joinWords(rest), index: first.index } };
}

/** Where the first `=` is that is neither the first character nor behind a backslash. */
function equalsSign(text: string): number | undefined {
  for (let at = text.indexOf("=", 1); at > 0; at = text.indexOf("=", at + 1)) if (text[at - 1] !== "\\") return at;
  return undefined;
}

function wordAt(text: string, index: number): Word {
  const value = text.trim();
  const quote = value[0];
  const isQuoted =
    value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote) && value.at(-2) !== "\\";
  return isQuoted ? { text: value.slice(1, -1), index: index + 1 } : { text: value, index };
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  const pattern = /\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\\'"abfnrtv]))/g;
  return text.replace(pattern, (_, long?: string, short?: string, byte?: string, letter = "") => {
    const code = long ?? short ?? byte;
    return code === undefined ? (escapes[letter] ?? letter) : String.fromCodePoint(Number.parseInt(code, 16));
  });
}
