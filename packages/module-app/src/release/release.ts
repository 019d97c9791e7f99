import type { Change, Observed, Step } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { placeOf, placeOfRelease } from "../place.ts";
import { parseReleases } from "./parse-releases.ts";
import type { OneRelease, ReleaseState } from "./release-state.ts";

/** A release as it is to be there, and how it gets there; or those that are to go. */
export type DesiredRelease =
  | {
      readonly built: string;
      /** Sums of its secrets, by their names. */
      readonly secrets: Readonly<Record<string, string>>;
      readonly steps: readonly Step[];
    }
  | { readonly gone: readonly string[] };

/** The releases of an application, by its name. */
export const release = defineKind<ReleaseState, DesiredRelease>({
  name: "release",
  read(names) {
    for (const name of names) placeOf(name);
    return `set -- ${quoteAll(names)}\n${readWords(new URL("./read-releases.sh", import.meta.url))}`;
  },
  parse: parseReleases,
  ensure(actual, desired) {
    const { state } = actual;
    if ("built" in desired) {
      if (!isUnsettled(state) && state[desired.built]?.state === "built") return [];
      return [build(actual, desired)];
    }
    return desired.gone.length === 0 ? [] : [remove(actual, desired.gone)];
  },
  isAsPlanned: (actual, after) =>
    Object.entries(after).every(([id, { state, secrets = {} }]) => {
      const now = actual[id] ?? { state: "absent" };
      return now.state === state && Object.entries(secrets).every(([key, sum]) => now.secrets?.[key] === sum);
    }),
  isAbsent: () => false,
  describe: (state) =>
    Object.fromEntries(
      Object.entries(state).flatMap(([id, { state: how }]) => (how === "absent" ? [[id, "removed"]] : [[id, how]])),
    ),
  unsettles: ({ key, after }) =>
    Object.keys(after).flatMap((id) => [
      { kind: "file", under: placeOfRelease(key, id).folder, because: `a release of ${key} is changed before` },
    ]),
});

function build(
  { kind, key, state }: Observed<ReleaseState>,
  { built: id, secrets, steps }: Extract<DesiredRelease, { built: string }>,
): Change<ReleaseState> {
  return {
    ...{ kind, key, action: "ensure", before: state, after: { [id]: { state: "built", secrets } } },
    steps,
    undo: [removeStep(key, [id])],
    interrupts: "nothing",
  };
}

function remove({ kind, key, state }: Observed<ReleaseState>, gone: readonly string[]): Change<ReleaseState> {
  const after = Object.fromEntries(gone.map((id): [string, OneRelease] => [id, { state: "absent" }]));
  return {
    ...{ kind, key, action: "ensure", before: state, after },
    steps: [removeStep(key, gone)],
    undo: [],
    interrupts: "nothing",
  };
}

/** Goes with its secrets and its units. */
function removeStep(name: string, ids: readonly string[]): Step {
  for (const id of ids) placeOfRelease(name, id);
  const words = (file: string) => readWords(new URL(file, import.meta.url));
  const script = `${words("./assets.sh")}${words("../instance/with-host.sh")}${words("./remove-releases.sh")}`;
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-remove-release", name, ...ids] };
}
