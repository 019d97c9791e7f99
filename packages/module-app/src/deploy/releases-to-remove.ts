import type { ReleaseState } from "../release/release-state.ts";

/** What is needed: the release that is asked for, the one that serves, and so many that are older. */
export interface Keeping {
  readonly id: string;
  readonly serving: string | undefined;
  readonly keep: number;
}

/** What was begun and not ended, and what is older than so many. */
export function releasesToRemove(releases: ReleaseState, { id, serving, keep }: Keeping): readonly string[] {
  const others = Object.entries(releases).filter(([each]) => each !== id && each !== serving);
  const partial = others.filter(([, { state }]) => state === "partial");
  // Of two of the same second, any: but always the same one.
  const built = others
    .filter(([, { state }]) => state === "built")
    .sort(([one, a], [other, b]) => (b.builtAt ?? 0) - (a.builtAt ?? 0) || (one < other ? -1 : 1));
  // The one that serves is the first of the older ones, once the new one is there.
  const older = serving === undefined || serving === id ? 0 : 1;
  return [...partial, ...built.slice(Math.max(0, keep - older))].map(([each]) => each).sort();
}
