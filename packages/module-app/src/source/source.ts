import { defineKind, isUnsettled } from "@evenkeel/core";
import { digestSource } from "./digest-source.ts";

/** A folder of ours as it is now. */
export interface SourceState {
  readonly digest: string;
}

export interface SourceVia {
  readonly exclude: readonly string[];
}

/** A folder of the controller's, by its path: only looked at. */
export const source = defineKind<SourceState, never>({
  name: "app-source",
  ask: (queries) =>
    Promise.all(queries.map(async ({ key, via }) => ({ digest: await digestSource(key, (via as SourceVia).exclude) }))),
  ensure: () => [],
  isAsPlanned: (actual, after) => !isUnsettled(actual) && actual.digest === after.digest,
  isAbsent: () => false,
  describe: ({ digest }) => ({ digest }),
});
