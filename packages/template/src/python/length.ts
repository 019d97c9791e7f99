import { dictSize, isDict } from "./dict.ts";
import { wrongType } from "./fault.ts";
import { Marker } from "./marker.ts";
import { Range } from "./range.ts";
import { typeName } from "./type-name.ts";

/** Python's len(): texts count in characters, not in JavaScript's 16-bit units. */
export function length(value: unknown): number {
  if (typeof value === "string") return textLength(value);
  if (Array.isArray(value) || value instanceof Range) return value.length;
  if (value instanceof Marker) value.trip();
  if (isDict(value)) return dictSize(value);
  throw wrongType(`object of type '${typeName(value)}' has no len()`);
}

const surrogate = /[\ud800-\udfff]/;

export function hasSurrogates(text: string): boolean {
  return surrogate.test(text);
}

export function textLength(text: string): number {
  if (!hasSurrogates(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The characters of a text, where one may be two of JavaScript's units. */
export function characters(text: string): readonly string[] {
  return hasSurrogates(text) ? Array.from(text) : text.split("");
}
