import { isUnsettled, UnsettledValue } from "@evenkeel/core";
import { Marker, OMIT, Undefined } from "@evenkeel/template";
import { isMapping } from "../written/written.ts";

/**
 * A resolved value with nothing left in it to be resolved: what is omitted is gone, and what cannot be known yet is thrown.
 * Lists and mappings are copies.
 */
export function settle(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Marker) return tripped(value);
  if (Array.isArray(value)) return Array.from(value, settle).filter((each) => each !== OMIT);
  if (!isMapping(value)) return value;
  if (isUnsettled(value)) throw new UnsettledValue(value.unsettled);
  const pairs = value instanceof Map ? [...value] : Object.entries(value);
  const settled = pairs.map(([key, each]) => [key, settle(each)] as const).filter(([, each]) => each !== OMIT);
  if (settled.some(([key]) => typeof key !== "string" || key === "__proto__")) return new Map(settled);
  return Object.fromEntries(settled);
}

/** Something in it is not there. */
function tripped(marker: Marker): never {
  if (marker instanceof Undefined && marker.facts.origin) throw marker.facts.origin;
  return marker.trip();
}
