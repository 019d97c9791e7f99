import { TemplateFault } from "../python/fault.ts";
import { categoryMembers, literal, readCharacter, readOctal } from "./read-escape.ts";
import type { Modes } from "./translate-regex.ts";

/** A class in brackets. A bracket that comes first in it, or opens nothing, is itself. */
export function readClass(source: string, { isAscii }: Modes): { readonly text: string; readonly length: number } {
  const isNegated = source[1] === "^";
  let at = isNegated ? 2 : 1;
  const members: string[] = [];
  const opposites: string[] = [];
  for (let isFirst = true; source[at] !== "]" || isFirst; isFirst = false) {
    if (at >= source.length) throw new TemplateFault("regex", "unterminated character set");
    const member = readMember(source.slice(at), isAscii);
    at += member.length;
    if (member.kind === "opposite") opposites.push(member.text);
    else if (member.kind === "category" || source[at] !== "-" || source[at + 1] === "]") members.push(member.text);
    else {
      const end = readMember(source.slice(at + 1), isAscii);
      if (end.kind !== "character") throw new TemplateFault("regex", "bad character range");
      members.push(`${member.text}-${end.text}`);
      at += 1 + end.length;
    }
  }
  return { text: classOf(members, opposites, isNegated), length: at + 1 };
}

interface Member {
  readonly kind: "character" | "category" | "opposite";
  readonly text: string;
  readonly length: number;
}

function readMember(rest: string, isAscii: boolean): Member {
  if (!rest.startsWith("\\")) {
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    return { kind: "character", text: literal(character), length: character.length };
  }
  const letter = rest[1] ?? "";
  const members = categoryMembers(letter.toLowerCase(), isAscii);
  if (members !== undefined)
    return { kind: letter === letter.toLowerCase() ? "category" : "opposite", text: members, length: 2 };
  if (letter === "b") return { kind: "character", text: "\\x08", length: 2 };
  return { kind: "character", ...(/[0-7]/.test(letter) ? readOctal(rest) : readCharacter(rest)) };
}

/** What is not of a category stands beside what is a member: `[\D.]`. */
function classOf(members: readonly string[], opposites: readonly string[], isNegated: boolean): string {
  const plain = members.join("");
  if (opposites.length === 0) return `[${isNegated ? "^" : ""}${plain}]`;
  const choices = [...(plain === "" ? [] : [`[${plain}]`]), ...opposites.map((each) => `[^${each}]`)].join("|");
  return isNegated ? `(?:(?!${choices})[\\s\\S])` : `(?:${choices})`;
}
