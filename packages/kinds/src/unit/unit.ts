import type { Change, Observed, Step } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll } from "@evenkeel/core";
import type { PresentUnit, UnitState } from "./unit-state.ts";

/** A unit as it is to be; what is left out stays as it is. */
export interface DesiredUnit {
  readonly isActive?: boolean;
  readonly isEnabled?: boolean;
  readonly isMasked?: boolean;
}

const properties = ["Id", "LoadState", "ActiveState", "SubState", "UnitFileState", "NeedDaemonReload", "InvocationID"];

/** A systemd unit by its full name, such as `nginx.service`. */
export const unit = defineKind<UnitState, DesiredUnit>({
  name: "unit",
  read(names) {
    for (const name of names) checkName(name);
    return `systemctl show --no-pager --property=${properties.join(",")} -- ${quoteAll(names)}`;
  },
  parse,
  ensure(actual, desired) {
    const after: PresentUnit = { state: "present", ...desired };
    if (!isUnsettled(actual.state) && isAsPlanned(actual.state, after)) return [];
    return [changeUnit(actual, after)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "absent",
  describe(state) {
    if (state.state === "absent") return { state: "absent" };
    const { isActive, isEnabled, isMasked, activity, enablement } = state;
    return {
      ...((activity ?? isActive) !== undefined && { activity: activity ?? (isActive ? "active" : "inactive") }),
      ...((enablement ?? isEnabled) !== undefined && {
        enablement: enablement ?? (isEnabled ? "enabled" : "disabled"),
      }),
      ...(isMasked && { masked: "yes" }),
    };
  },
});

/** One start, stop or reload that happens each time it is asked for. */
export function actOnUnit(actual: Observed<UnitState>, action: "restart" | "reload"): Change<UnitState> {
  const { kind, key, state } = actual;
  return {
    kind,
    key,
    action,
    before: state,
    after: { state: "present", isActive: true },
    steps: [...reloadFiles(state), systemctl(action === "reload" ? "reload-or-restart" : "restart", key)],
    undo: [],
    interrupts: action,
  };
}

function changeUnit({ kind, key, state }: Observed<UnitState>, after: PresentUnit): Change<UnitState> {
  const now: PresentUnit = isUnsettled(state) || state.state === "absent" ? { state: "present" } : state;
  return {
    kind,
    key,
    action: "ensure",
    before: state,
    after,
    steps: [...reloadFiles(state), ...stepsBetween(key, now, after)],
    undo: isUnsettled(state) || state.state === "absent" ? [] : stepsBetween(key, after, asItWas(state, after)),
    interrupts: after.isActive === false || after.isMasked ? "outage" : "nothing",
  };
}

/** Only what was changed is changed back. */
function asItWas(state: PresentUnit, { isActive, isEnabled, isMasked }: PresentUnit): PresentUnit {
  return {
    state: "present",
    ...(isActive !== undefined && state.isActive !== undefined && { isActive: state.isActive }),
    ...(isEnabled !== undefined && state.isEnabled !== undefined && { isEnabled: state.isEnabled }),
    ...(isMasked !== undefined && state.isMasked !== undefined && { isMasked: state.isMasked }),
  };
}

/** In the order in which they can be done: unmask before anything, mask after everything. */
function stepsBetween(name: string, from: PresentUnit, to: PresentUnit): Step[] {
  const steps: Step[] = [];
  const differs = (key: "isActive" | "isEnabled" | "isMasked") => to[key] !== undefined && to[key] !== from[key];
  if (differs("isMasked") && to.isMasked === false) steps.push(systemctl("unmask", name));
  if (differs("isEnabled")) steps.push(systemctl(to.isEnabled ? "enable" : "disable", name));
  if (differs("isActive")) steps.push(systemctl(to.isActive ? "start" : "stop", name));
  if (differs("isMasked") && to.isMasked) steps.push(systemctl("mask", name));
  return steps;
}

function reloadFiles(state: Observed<UnitState>["state"]): Step[] {
  const isKnownFresh = !isUnsettled(state) && state.state === "present" && !state.needsDaemonReload;
  return isKnownFresh ? [] : [{ do: "run", argv: ["systemctl", "daemon-reload"] }];
}

function systemctl(verb: string, name: string): Step {
  return { do: "run", argv: ["systemctl", verb, "--", name] };
}

function isAsPlanned(actual: UnitState, after: UnitState): boolean {
  if (actual.state === "absent" || after.state === "absent") return actual.state === after.state;
  return (["isActive", "isEnabled", "isMasked"] as const).every(
    (key) => after[key] === undefined || actual[key] === after[key],
  );
}

/** systemd answers in the order of the questions, a block each. */
function parse(output: Uint8Array, names: readonly string[]): ReadonlyMap<string, UnitState> {
  const blocks = Buffer.from(output).toString().trim().split(/\n\n/);
  return new Map(names.map((name, index) => [name, stateOf(blocks[index] ?? "")]));
}

function stateOf(block: string): UnitState {
  const found = Object.fromEntries(
    block.split("\n").map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]),
  );
  const { LoadState, ActiveState, SubState, UnitFileState, NeedDaemonReload, InvocationID } = found;
  if (LoadState === undefined || LoadState === "not-found") return { state: "absent" };
  return {
    state: "present",
    isActive: ["active", "reloading", "activating"].includes(ActiveState ?? ""),
    isEnabled: ["enabled", "enabled-runtime", "alias", "static", "indirect", "generated"].includes(UnitFileState ?? ""),
    isMasked: LoadState === "masked",
    activity: `${ActiveState} (${SubState})`,
    enablement: UnitFileState || "none",
    needsDaemonReload: NeedDaemonReload === "yes",
    ...(InvocationID && { invocation: InvocationID }),
  };
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9:_.\\@-]+\.(service|socket|timer|path|target|mount|slice|automount|swap|scope|device)$/.test(name))
    return;
  throw new InputError({
    code: "unit/name",
    message: `not a unit's full name: ${JSON.stringify(name)}`,
    hint: "with its type, such as nginx.service",
  });
}
