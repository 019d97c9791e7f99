import { TemplateFault } from "../python/fault.ts";
import type { Modes } from "./translate-regex.ts";

interface Piece {
  readonly text: string;
  readonly length: number;
}

/** What `\d`, `\w` and `\s` stand for: letters and digits of all scripts, unless the pattern says ASCII. */
export function categoryMembers(letter: string, isAscii: boolean): string | undefined {
  const members = {
    d: isAscii ? "0-9" : "\\p{Nd}",
    w: isAscii ? "A-Za-z0-9_" : "\\p{L}\\p{N}_",
    s: isAscii ? " \\t\\n\\r\\f\\v" : "\\s\\x1c-\\x1f\\x85",
  };
  return members[letter as keyof typeof members];
}

/** An escape outside of a class. */
export function readEscape(rest: string, { isAscii }: Modes, groupNames: readonly unknown[]): Piece {
  const letter = rest[1];
  if (letter === undefined) throw new TemplateFault("regex", "bad escape (end of pattern)");
  const members = categoryMembers(letter.toLowerCase(), isAscii);
  if (members !== undefined) return { text: `[${letter === letter.toLowerCase() ? "" : "^"}${members}]`, length: 2 };
  if (letter === "A") return { text: "(?<![\\s\\S])", length: 2 };
  if (letter === "Z") return { text: "(?![\\s\\S])", length: 2 };
  if (letter === "b" || letter === "B") return { text: boundary(letter, isAscii), length: 2 };
  if (letter === "0") return readOctal(rest);
  const reference = /^\\[1-9]\d?/.exec(rest)?.[0];
  if (reference === undefined) return readCharacter(rest);
  if (/^\\[0-3][0-7]{2}/.test(rest)) return readOctal(rest);
  const number = Number(reference.slice(1));
  if (number >= groupNames.length) throw new TemplateFault("regex", `invalid group reference ${number}`);
  return { text: `(?:${reference})`, length: reference.length };
}

/** An escape that stands for one character, in a class and outside. */
export function readCharacter(rest: string): Piece {
  const coded = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
  if (coded !== null) return { text: codePoint(coded[1] ?? coded[2] ?? coded[3] ?? "0"), length: coded[0].length };
  const letter = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  if (letter === "a") return { text: "\\x07", length: 2 };
  if ("nrtfv".includes(letter)) return { text: `\\${letter}`, length: 2 };
  if (/[A-Za-z0-9]/.test(letter)) throw new TemplateFault("regex", `bad escape \\${letter}`);
  return { text: literal(letter), length: 1 + letter.length };
}

export function readOctal(rest: string): Piece {
  const digits = /^\\([0-7]{1,3})/.exec(rest)?.[1] ?? "0";
  return { text: codePoint(Number.parseInt(digits, 8).toString(16)), length: 1 + digits.length };
}

/** A character that must not mean anything else. */
export function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(character) ? (character === "-" ? "\\x2d" : `\\${character}`) : character;
}

function codePoint(hex: string): string {
  return `\\u{${hex}}`;
}

function boundary(letter: string, isAscii: boolean): string {
  const word = `[${categoryMembers("w", isAscii)}]`;
  const edge = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
  return letter === "b" ? edge : `(?!${edge})`;
}
