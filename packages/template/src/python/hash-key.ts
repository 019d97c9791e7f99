import { wrongType } from "./fault.ts";
import { Float } from "./float.ts";
import { checkText } from "./limits.ts";
import { Marker } from "./marker.ts";
import { Tuple } from "./tuple.ts";

/** A text that two values share when Python's sets and dicts take them for the same. Lists and dicts have none. */
export function hashKey(value: unknown): string {
  if (typeof value === "string") return `s${value}`;
  if (typeof value === "number" || typeof value === "bigint") return `n${value}`;
  if (typeof value === "boolean") return value ? "n1" : "n0";
  if (value === null) return "0";
  if (value instanceof Float) return `n${value.value + 0}`;
  if (value instanceof Marker) value.trip();
  if (value instanceof Tuple) return tupleKey(value);
  if (Array.isArray(value)) throw wrongType("unhashable type: 'list'");
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null || value instanceof Map) {
    throw wrongType("unhashable type: 'dict'");
  }
  return `o${String(value)}`;
}

function tupleKey(value: Tuple): string {
  const key = `t${JSON.stringify(Array.from(value, hashKey))}`;
  checkText(key.length);
  return key;
}

export function isHashable(value: unknown): boolean {
  if (value instanceof Tuple) return value.every(isHashable);
  return typeof value !== "object" || value === null || value instanceof Float;
}
