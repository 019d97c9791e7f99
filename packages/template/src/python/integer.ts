import { Float } from "./float.ts";

/** An int is a plain integral number where that is exact, and a bigint beyond. */
export type Int = number | bigint;

export function isInt(value: unknown): value is Int {
  return typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value));
}

/** The one form that an int has. */
export function int(value: Int): Int {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** A number of any kind, as JavaScript's number; booleans count as 0 and 1. Nothing else is a number. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "bigint") return Number(value);
  return value instanceof Float ? value.value : undefined;
}

/** An int or a boolean, as an int. */
export function asInt(value: unknown): Int | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return isInt(value) ? value : undefined;
}
