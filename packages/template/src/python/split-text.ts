import { wrongValue } from "./fault.ts";

/** Python's white space, which is a little more than JavaScript's. */
const blank = "\\s\\x1c-\\x1f\\x85";
const leading = new RegExp(`^[${blank}]+`);
const trailing = new RegExp(`[${blank}]+$`);
const lineEnd = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** str.split(): at any white space when no separator is given. */
export function splitText(text: string, separator: string | undefined, most = -1): string[] {
  if (separator === undefined) return splitWords(text, most);
  if (separator === "") throw wrongValue("empty separator");
  const parts = text.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  return [...parts.slice(0, most), parts.slice(most).join(separator)];
}

/** str.rsplit(): counts from the end. */
export function splitTextFromEnd(text: string, separator: string | undefined, most = -1): string[] {
  if (separator === undefined) return splitWords(backwards(text), most).map(backwards).reverse();
  if (separator === "") throw wrongValue("empty separator");
  const parts: string[] = [];
  let rest = text;
  for (let at = rest.lastIndexOf(separator); at >= 0 && parts.length !== most; at = rest.lastIndexOf(separator)) {
    parts.unshift(rest.slice(at + separator.length));
    rest = rest.slice(0, at);
  }
  return [rest, ...parts];
}

function splitWords(text: string, most: number): string[] {
  const words: string[] = [];
  let rest = text.replace(leading, "");
  const word = new RegExp(`^([^${blank}]+)[${blank}]*`);
  while (rest !== "") {
    if (most >= 0 && words.length === most) return [...words, rest];
    const match = word.exec(rest);
    words.push(match?.[1] ?? "");
    rest = rest.slice(match?.[0].length ?? rest.length);
  }
  return words;
}

function backwards(text: string): string {
  return Array.from(text).reverse().join("");
}

/** str.splitlines() */
export function splitLines(text: string, keepsEnds = false): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const match of text.matchAll(lineEnd)) {
    lines.push(text.slice(from, match.index + (keepsEnds ? match[0].length : 0)));
    from = match.index + match[0].length;
  }
  if (from < text.length) lines.push(text.slice(from));
  return lines;
}

/** str.strip() of white space, or of any of these characters, at the sides wanted. */
export function strip(text: string, characters: string | undefined, sides: "both" | "left" | "right"): string {
  if (characters === undefined) {
    const left = sides === "right" ? text : text.replace(leading, "");
    return sides === "left" ? left : left.replace(trailing, "");
  }
  const all = Array.from(text);
  let from = 0;
  let to = all.length;
  if (sides !== "right") while (from < to && characters.includes(all[from] ?? "")) from++;
  if (sides !== "left") while (to > from && characters.includes(all[to - 1] ?? "")) to--;
  return all.slice(from, to).join("");
}
