import type { Change, Observed, Step } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { demandRoot } from "./demand-root.ts";
import type { ProofData } from "./prove-executor.ts";
import { reloadStep } from "./reload-step.ts";

/** A zone as named has it in its memory. */
export interface ServedState {
  readonly state: "absent" | "served";
  readonly serial?: number;
  readonly file?: string;
  /** Its records can be changed by updates, and are named's own. */
  readonly isDynamic?: boolean;
  /** The host's day, as serials have it: 20261121. */
  readonly today?: string;
}

/** A zone as it is to be served, and who else must say so. */
export interface DesiredServed {
  readonly state: "absent" | "served";
  readonly serial?: number;
  readonly secondaries?: readonly string[];
  readonly seconds?: number;
}

/** A zone by its name without the last dot. */
export const served = defineKind<ServedState, DesiredServed>({
  name: "dns-zone",
  read: (zones) => `set -- ${quoteAll(zones)}\n${readWords(new URL("./read-served.sh", import.meta.url))}`,
  parse(output, zones) {
    const text = Buffer.from(output).toString();
    demandRoot(text);
    const today = /^today (\d{8})$/m.exec(text)?.[1];
    const said = new Map(
      text
        .split(/^zone /m)
        .slice(1)
        .map((each) => [each.slice(0, each.indexOf("\n")), each]),
    );
    return new Map(zones.map((zone) => [zone, { ...stateOf(said.get(zone) ?? ""), ...(today && { today }) }]));
  },
  ensure(actual, desired) {
    const after: ServedState = {
      state: desired.state,
      ...(desired.serial !== undefined && { serial: desired.serial }),
    };
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [serve(actual, desired, after)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["unit"],
  unsettles: ({ key }) => [{ kind: "dns-record", isDoubt: true, because: `the zone ${key} changes before` }],
  describe: ({ state, serial }) => ({ zone: state, ...(serial !== undefined && { serial: String(serial) }) }),
});

function isAsPlanned(actual: ServedState, after: ServedState): boolean {
  return actual.state === after.state && (after.serial === undefined || actual.serial === after.serial);
}

function stateOf(said: string): ServedState {
  const line = (name: string) => new RegExp(`^ ${name}: (.*)$`, "m").exec(said)?.[1];
  const serial = line("serial");
  if (serial === undefined) return { state: "absent" };
  const file = line("files");
  return {
    ...{ state: "served", serial: Number(serial), isDynamic: line("dynamic") === "yes" },
    ...(file !== undefined && { file }),
  };
}

/** named reads again, and every address at which it listens is asked whether it is so. */
function serve(
  { kind, key, state }: Observed<ServedState>,
  desired: DesiredServed,
  after: ServedState,
): Change<ServedState> {
  const { serial, secondaries = [], seconds = 60 } = desired;
  const proof: ProofData = {
    zone: key,
    ...(desired.state === "served" && serial !== undefined && { serial }),
    secondaries,
    seconds,
  };
  return {
    ...{ kind, key, action: desired.state === "absent" ? "remove" : "ensure", before: state, after },
    steps: [...(after.state === "absent" ? [] : [reloadStep(key)]), { do: "dns.prove", data: proof }],
    undo: [],
    interrupts: "reload",
  };
}

/** What brings an old file back into named's memory, after the file itself. */
export function settleStep(zone: string, file: string, serial: number): Step {
  const script = readWords(new URL("./settle.sh", import.meta.url));
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-dns-settle", zone, file, String(serial)] };
}
