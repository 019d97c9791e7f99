import type { Step } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { isReleaseId, placeOf, placeOfRelease } from "../place.ts";

/** Which release of an application serves. */
export interface TrafficState {
  readonly release?: string;
  /** The latest deploy: what it brought, and what had served before. */
  readonly deployed?: string;
  readonly before?: string;
  readonly hasDoor?: boolean;
}

export interface DesiredTraffic {
  readonly release: string;
  /** A deploy is what a later rollback goes back from. */
  readonly isDeploy: boolean;
}

/** An application's traffic, by its name: one link decides where it goes, and one rename moves it. */
export const traffic = defineKind<TrafficState, DesiredTraffic>({
  name: "traffic",
  read(names) {
    for (const name of names) placeOf(name);
    return `set -- ${quoteAll(names)}\n${readWords(new URL("./read-traffic.sh", import.meta.url))}`;
  },
  parse(output, names) {
    const all = new Map<string, TrafficState>(names.map((name) => [name, {}]));
    for (const line of Buffer.from(output).toString().split("\n")) {
      const [name = "", release = "-", deployed = "-", before = "-", door] = line.split(" ");
      if (!all.has(name)) continue;
      const known = { release, deployed, before };
      const told = Object.fromEntries(Object.entries(known).filter(([, id]) => isReleaseId(id)));
      all.set(name, { ...told, hasDoor: door === "door" });
    }
    return all;
  },
  ensure({ kind, key, state }, { release, isDeploy }) {
    const after = { release, hasDoor: true };
    if (!isUnsettled(state) && isSo(state, after)) return [];
    const old = isUnsettled(state) ? undefined : state.release;
    return [
      {
        ...{ kind, key, action: "ensure", before: state, after },
        steps: [switchStep(key, release, isDeploy ? (old ?? "-") : "")],
        // Before the first release nothing has served.
        undo: [old === undefined ? closeStep(key) : switchStep(key, old, "")],
        interrupts: "nothing",
      },
    ];
  },
  isAsPlanned: isSo,
  isAbsent: () => false,
  describe: ({ release, hasDoor }) => ({
    ...(release !== undefined && { "goes to": release }),
    ...(hasDoor === false && { socket: "is missing" }),
  }),
});

function isSo(actual: TrafficState, after: TrafficState): boolean {
  return actual.release === after.release && (actual.hasDoor ?? false) === (after.hasDoor ?? false);
}

function switchStep(name: string, id: string, before: string): Step {
  placeOfRelease(name, id);
  const script = readWords(new URL("./switch.sh", import.meta.url));
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-switch", name, id, before] };
}

function closeStep(name: string): Step {
  const { current, door } = placeOf(name);
  return { do: "run", argv: ["rm", "-f", "--", door, current] };
}
