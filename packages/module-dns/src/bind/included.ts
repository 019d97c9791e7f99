import type { Change, Observed } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { OUR_CONF } from "./paths.ts";

/** Whether a named.conf includes our file. */
export interface IncludedState {
  readonly state: "absent" | "included";
}

/** By the path of named.conf. It is edited where it is: the package that brings it may come in the same task. */
export const included = defineKind<IncludedState, IncludedState>({
  name: "dns-include",
  read: (keys) =>
    `for main in ${quoteAll(keys)}; do if grep -qsF '"${OUR_CONF}"' "$main"; then echo included; else echo absent; fi; done`,
  parse(output, keys) {
    const lines = Buffer.from(output).toString().split("\n");
    return new Map(keys.map((key, at) => [key, { state: lines[at] === "included" ? "included" : "absent" }]));
  },
  ensure(actual, desired) {
    if (!isUnsettled(actual.state) && actual.state.state === desired.state) return [];
    return [include(actual, desired)];
  },
  isAsPlanned: (actual, after) => actual.state === after.state,
  isAbsent: ({ state }) => state === "absent",
  describe: ({ state }) => ({ include: state === "included" ? OUR_CONF : "none" }),
});

function include({ kind, key, state }: Observed<IncludedState>, after: IncludedState): Change<IncludedState> {
  const script = readWords(new URL("./include.sh", import.meta.url));
  const step = (verb: "add" | "remove") => ({
    do: "run" as const,
    argv: ["sh", "-c", script, "evenkeel-include", verb, key, OUR_CONF],
  });
  const [there, back] = after.state === "included" ? (["add", "remove"] as const) : (["remove", "add"] as const);
  return {
    kind,
    key,
    action: "ensure",
    before: state,
    after,
    steps: [step(there)],
    undo: [step(back)],
    interrupts: "nothing",
  };
}
