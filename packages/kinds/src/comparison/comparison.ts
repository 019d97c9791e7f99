import { hash } from "node:crypto";
import type { Unsettled } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";

/**
 * What one thing is like beside what it was compared with: by what that was. Two tasks may compare the same thing with two
 * others, and a change that makes it like the one says nothing about the other.
 */
export type Compared<Comparison> = Readonly<Record<string, Comparison>>;

export function comparedWith<Comparison>(via: unknown, comparison: Comparison): Compared<Comparison> {
  return { [nameOf(via)]: comparison };
}

export function comparisonIn<Comparison>(
  state: Compared<Comparison> | Unsettled,
  via: unknown,
): Comparison | undefined {
  return isUnsettled(state) ? undefined : state[nameOf(via)];
}

function nameOf(via: unknown): string {
  return hash("sha256", JSON.stringify(via ?? {})).slice(0, 16);
}
