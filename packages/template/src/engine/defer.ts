import { UnsettledValue } from "@evenkeel/core";
import { EffectRefused } from "../lookups/effect-refused.ts";
import type { Position } from "../python/fault.ts";
import { LimitReached } from "../python/fault.ts";
import type { Marker } from "../python/marker.ts";
import { Failed, Tripped } from "../python/marker.ts";

/**
 * What went wrong in a call becomes its result, and an error only where that is used: in Ansible `a | ternary(b, c)` does
 * not mind that the one that is not chosen failed. What stops everything is thrown on.
 */
export function defer(error: unknown, at: Position): Marker {
  if (error instanceof Tripped) return error.marker;
  if (stopsAll(error)) throw error;
  return new Failed(error, at);
}

export function stopsAll(error: unknown): boolean {
  if (error instanceof UnsettledValue || error instanceof EffectRefused) return true;
  return error instanceof LimitReached || error instanceof RangeError;
}
