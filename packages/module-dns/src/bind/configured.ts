import type { Change, Observed } from "@evenkeel/core";
import { defineKind, isUnsettled, readWords } from "@evenkeel/core";
import { demandRoot } from "./demand-root.ts";
import { reloadStep } from "./reload-step.ts";

/** What named knows of its configuration. */
export interface ConfiguredState {
  readonly state: "absent" | "running";
  /** Our files of it were written after named has read them: a run was cut in between. */
  readonly isStale?: boolean;
}

/** By any name: a host has one named. */
export const configured = defineKind<ConfiguredState, { readonly hasChanged: boolean }>({
  name: "dns-configuration",
  read: () => readWords(new URL("./read-configured.sh", import.meta.url)),
  parse(output, keys) {
    const text = Buffer.from(output).toString();
    demandRoot(text);
    const readAt = /^last configured: (.*)$/m.exec(text)?.[1];
    const written = [...text.matchAll(/^written: (\d+)$/gm)].map(([, seconds]) => Number(seconds) * 1000);
    const isStale = readAt !== undefined && written.some((time) => time > Date.parse(readAt));
    const state: ConfiguredState = readAt === undefined ? { state: "absent" } : { state: "running", isStale };
    return new Map(keys.map((key) => [key, state]));
  },
  ensure(actual, { hasChanged }) {
    const { state } = actual;
    if (!hasChanged && !isUnsettled(state) && !isAway(state)) return [];
    return [readAgain(actual)];
  },
  isAsPlanned: (actual) => !isAway(actual),
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["unit"],
  describe: ({ state, isStale }) => ({
    named:
      state === "absent" ? "does not run" : isStale ? "runs with an older configuration" : "has read its configuration",
  }),
});

function isAway({ state, isStale }: ConfiguredState): boolean {
  return state === "absent" || isStale === true;
}

function readAgain({ kind, key, state }: Observed<ConfiguredState>): Change<ConfiguredState> {
  const after: ConfiguredState = { state: "running", isStale: false };
  return { kind, key, action: "ensure", before: state, after, steps: [reloadStep()], undo: [], interrupts: "reload" };
}
