import type { Unsettled } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { InstanceState } from "./instance.ts";

/** Releases that run, or run in part, and are not the one that is to. */
export function othersRunning(state: InstanceState | Unsettled, id: string): readonly string[] {
  if (isUnsettled(state)) return [];
  return Object.entries(state).flatMap(([other, { runs }]) => (other !== id && runs !== "no" ? [other] : []));
}
