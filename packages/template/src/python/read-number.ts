import type { Float } from "./float.ts";
import { float } from "./float.ts";
import type { Int } from "./integer.ts";
import { int } from "./integer.ts";

/** Python's int() of a text: white space around it, a sign, underscores between digits. undefined when it is none. */
export function readInt(text: string, base = 10): Int | undefined {
  const match = /^\s*([+-]?)(?:0([xob]))?(_?[0-9a-z]+(?:_[0-9a-z]+)*)\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, prefix, body = ""] = match;
  const radix = prefix === undefined ? (base === 0 ? 10 : base) : prefixRadix(prefix);
  if (prefix !== undefined && base !== 0 && base !== radix) return readDigits(sign, `0${prefix}${body}`, base);
  if (prefix === undefined && body.startsWith("_")) return undefined;
  if (base === 0 && prefix === undefined && /^0[0-9_]*[1-9]/.test(body)) return undefined;
  return readDigits(sign, body, radix);
}

/** Python's float() of a text. */
export function readFloat(text: string): number | Float | undefined {
  const trimmed = text.trim().replace(/(\d)_(?=\d)/g, "$1");
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(trimmed);
  if (special !== null) {
    const size = special[2]?.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return special[1] === "-" ? -size : size;
  }
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? float(Number(trimmed)) : undefined;
}

function prefixRadix(prefix: string): number {
  return { x: 16, o: 8, b: 2 }[prefix.toLowerCase()] ?? 10;
}

function readDigits(sign: string | undefined, digits: string, radix: number): Int | undefined {
  let size = 0n;
  for (const digit of digits.replaceAll("_", "")) {
    const value = Number.parseInt(digit, 36);
    if (value >= radix) return undefined;
    size = size * BigInt(radix) + BigInt(value);
  }
  return int(sign === "-" ? -size : size);
}
