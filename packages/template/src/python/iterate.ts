import { dictKeys, isDict } from "./dict.ts";
import { wrongType } from "./fault.ts";
import { characters } from "./length.ts";
import { checkItems } from "./limits.ts";
import { Marker } from "./marker.ts";
import { NOTHING } from "./nothing.ts";
import { Range } from "./range.ts";
import { typeName } from "./type-name.ts";

/** What Python's `for` goes over: elements, characters, or a dict's keys. A list is not copied. */
export function iterate(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (value instanceof Range) {
    checkItems(value.length);
    return value;
  }
  if (typeof value === "string") return characters(value);
  if (value instanceof Marker) value.trip();
  if (isDict(value)) return dictKeys(value);
  if (value === NOTHING) return [];
  throw wrongType(`'${typeName(value)}' object is not iterable`);
}

/** The same as a new list. */
export function listOf(value: unknown): unknown[] {
  return Array.from(iterate(value));
}

export function isIterable(value: unknown): boolean {
  return typeof value === "string" || Array.isArray(value) || value instanceof Range || isDict(value);
}
