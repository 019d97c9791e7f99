import { TemplateFault } from "../python/fault.ts";
import { checkText } from "../python/limits.ts";
import type { PythonRegex } from "./python-regex.ts";

/** Python's re.subn(): the text, and how many times something was replaced. */
export function substitute(
  regex: PythonRegex,
  text: string,
  replacement: string,
  most: number,
): { readonly text: string; readonly count: number } {
  const expand = readReplacement(replacement, regex);
  let made = "";
  let from = 0;
  let count = 0;
  for (const match of text.matchAll(regex.pattern)) {
    if (most > 0 && count >= most) break;
    made += text.slice(from, match.index) + expand(match);
    checkText(made.length);
    from = match.index + match[0].length;
    count++;
  }
  return { text: made + text.slice(from), count };
}

type Expand = (match: RegExpExecArray) => string;

/** A group, as its number. */
export function groupNumber({ groupNames }: PythonRegex, name: string): number {
  const number = /^\d+$/.test(name) ? Number(name) : groupNames.indexOf(name);
  if (number < 0) throw new TemplateFault("regex", `unknown group name '${name}'`);
  if (number >= groupNames.length) throw new TemplateFault("regex", `invalid group reference ${number}`);
  return number;
}

const special = /\\(?:g<([^>]*)>|(0[0-7]{0,2}|[1-3][0-7]{2}|[1-9]\d?)|([\s\S]))|\\$/g;
const characters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

function readReplacement(replacement: string, regex: PythonRegex): Expand {
  const pieces: (string | number)[] = [];
  let from = 0;
  for (const match of replacement.matchAll(special)) {
    pieces.push(replacement.slice(from, match.index), readPiece(match, regex));
    from = match.index + match[0].length;
  }
  pieces.push(replacement.slice(from));
  return (match) => pieces.map((piece) => (typeof piece === "string" ? piece : (match[piece] ?? ""))).join("");
}

function readPiece([whole, name, digits, letter]: RegExpExecArray, regex: PythonRegex): string | number {
  if (name !== undefined) return groupNumber(regex, name);
  if (digits !== undefined) {
    const isOctal = digits.startsWith("0") || digits.length === 3;
    return isOctal ? String.fromCodePoint(Number.parseInt(digits, 8)) : groupNumber(regex, digits);
  }
  if (letter === undefined) throw new TemplateFault("regex", "bad escape (end of pattern) in the replacement");
  const character = characters[letter];
  if (character !== undefined) return character;
  if (/[A-Za-z]/.test(letter)) throw new TemplateFault("regex", `bad escape ${whole} in the replacement`);
  return whole;
}
