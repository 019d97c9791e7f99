import { dictSize, isDict } from "./dict.ts";
import { Float } from "./float.ts";
import { Marker } from "./marker.ts";
import { NOTHING } from "./nothing.ts";
import { Range } from "./range.ts";

/** Python's truth: nothing, zero and whatever is empty are false. */
export function isTrue(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string" || Array.isArray(value) || value instanceof Range) return value.length > 0;
  if (typeof value === "number") return value !== 0;
  if (value === null || value === undefined) return false;
  if (typeof value === "bigint") return value !== 0n;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Marker) value.trip();
  if (value === NOTHING) return false;
  return isDict(value) ? dictSize(value) > 0 : true;
}
