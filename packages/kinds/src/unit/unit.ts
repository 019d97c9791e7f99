import type { Change, Observed, Step } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quote, quoteAll, readWords, StepError } from "@evenkeel/core";
import { parseUnits } from "./parse-units.ts";
import type { PresentUnit, UnitState } from "./unit-state.ts";

/** A unit as it is to be; what is left out stays as it is. */
export interface DesiredUnit {
  readonly isActive?: boolean;
  readonly isEnabled?: boolean;
  readonly isMasked?: boolean;
}

/** Which unit of a name is meant, and how it is seen that it runs. */
export interface UnitQuestion {
  readonly scope?: "user" | "global";
  /** The init script, although systemd is there. */
  readonly init?: "sysvinit";
  readonly pattern?: string;
  readonly runlevel?: string;
}

/** How to go about it. */
export interface UnitOptions {
  /** systemctl's: `--no-block`, `--force`. */
  readonly flags?: readonly string[];
  /** Words for an init script. */
  readonly arguments?: string;
  readonly runlevels?: readonly string[];
  readonly sleepSeconds?: number;
}

/** A unit by its full name, such as `nginx.service`; on hosts without systemd the service of that name. */
export const unit = defineKind<UnitState, DesiredUnit & { readonly options?: UnitOptions }>({
  name: "unit",
  read(names, via) {
    for (const name of names) checkName(name);
    const words = Object.entries((via ?? {}) as UnitQuestion).map(([name, value]) => `${name}=${quote(String(value))}`);
    return `${words.join(" ")}\nset -- ${quoteAll(names)}\n${readWords(new URL("./read-units.sh", import.meta.url))}`;
  },
  parse: parseUnits,
  ensure(actual, { options, ...desired }) {
    const after: PresentUnit = { state: "present", ...desired };
    if (!isUnsettled(actual.state) && isSo(actual.state, after)) return [];
    return [changeUnit(actual, after, options)];
  },
  isAsPlanned(actual, after) {
    // What runs once and is over was started if it ended well.
    const isDone = actual.state === "present" && actual.isOneshot && actual.properties?.Result === "success";
    if (!isDone || after.state === "absent" || !after.isActive) return isSo(actual, after);
    const { isActive: _, ...rest } = after;
    return isSo(actual, rest);
  },
  isAbsent: ({ state }) => state === "absent",
  describe(state) {
    if (state.state === "absent") return { state: "absent" };
    const { isActive, isEnabled, isMasked, activity, enablement } = state;
    return {
      ...((activity ?? isActive) !== undefined && { activity: activity ?? (isActive ? "active" : "inactive") }),
      ...((enablement ?? isEnabled) !== undefined && {
        enablement: enablement ?? (isEnabled ? "enabled" : "disabled"),
      }),
      ...(isMasked !== undefined && { masked: isMasked ? "yes" : "no" }),
    };
  },
});

/** One restart or reload that happens each time it is asked for. */
export function actOnUnit(
  actual: Observed<UnitState>,
  action: "restart" | "reload",
  options?: UnitOptions,
): Change<UnitState> {
  const { kind, key, via, state } = actual;
  const isRestart =
    action === "restart" || (!isUnsettled(state) && state.state === "present" && state.canReload === false);
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action, before: state },
    after: { state: "present", isActive: true },
    steps: [unitStep(actual, [action === "reload" ? "reload-or-restart" : "restart"], options)],
    undo: [],
    interrupts: isRestart ? "restart" : "reload",
  };
}

function changeUnit(
  actual: Observed<UnitState>,
  after: PresentUnit,
  options: UnitOptions | undefined,
): Change<UnitState> {
  const { kind, key, via, state } = actual;
  const now: PresentUnit = isUnsettled(state) || state.state === "absent" ? { state: "present" } : state;
  const back = isUnsettled(state) || state.state === "absent" ? [] : verbsBetween(after, asItWas(state, after));
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "ensure", before: state, after },
    steps: [unitStep(actual, verbsBetween(now, after), options)],
    undo: back.length === 0 ? [] : [unitStep(actual, back)],
    interrupts: (after.isActive === false || after.isMasked) && now.isActive !== false ? "outage" : "nothing",
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
function verbsBetween(from: PresentUnit, to: PresentUnit): string[] {
  const verbs: string[] = [];
  const differs = (key: "isActive" | "isEnabled" | "isMasked") => to[key] !== undefined && to[key] !== from[key];
  if (differs("isMasked") && to.isMasked === false) verbs.push("unmask");
  if (differs("isEnabled")) verbs.push(to.isEnabled ? "enable" : "disable");
  if (differs("isActive")) verbs.push(to.isActive ? "start" : "stop");
  if (from.isWithheld && to.isActive === false) verbs.push("forget");
  if (differs("isMasked") && to.isMasked) verbs.push("mask");
  return verbs;
}

function unitStep({ key, via, state }: Observed<UnitState>, verbs: readonly string[], options: UnitOptions = {}): Step {
  const manager = isUnsettled(state) ? "systemd" : (state.manager ?? "systemd");
  if (manager === "none") {
    throw new StepError({
      code: "unit/no-manager",
      message: `${key}: this host has no service manager`,
      hint: "systemd, OpenRC and sysvinit are known",
    });
  }
  const { scope, runlevel } = (via ?? {}) as UnitQuestion;
  const { flags = [], arguments: words, runlevels = runlevel === undefined ? [] : [runlevel], sleepSeconds } = options;
  const environment = {
    ...(words && { EVENKEEL_ARGUMENTS: words }),
    ...(runlevels.length > 0 && { EVENKEEL_RUNLEVELS: runlevels.join(" ") }),
    ...(sleepSeconds !== undefined && { EVENKEEL_SLEEP: String(sleepSeconds) }),
  };
  const script = readWords(new URL("./act-on-unit.sh", import.meta.url));
  return {
    do: "run",
    argv: ["sh", "-c", script, "evenkeel-unit", manager, key, [`--${scope ?? "system"}`, ...flags].join(" "), ...verbs],
    ...(Object.keys(environment).length > 0 && { environment }),
  };
}

function isSo(actual: UnitState, after: UnitState): boolean {
  if (actual.state === "absent" || after.state === "absent") return actual.state === after.state;
  if (after.isActive === false && actual.isWithheld) return false;
  if (after.isActive !== undefined && after.isActive !== actual.isActive) return false;
  if (after.isMasked !== undefined && after.isMasked !== actual.isMasked) return false;
  // What others pull in can be neither enabled nor disabled.
  return after.isEnabled === undefined || after.isEnabled === actual.isEnabled || actual.isStatic === true;
}

function checkName(name: string): void {
  if (
    /^[A-Za-z0-9:_.\\@-]+\.(service|socket|timer|path|target|mount|slice|automount|swap|scope|device)$/.test(name) &&
    !name.startsWith("-")
  )
    return;
  throw new InputError({
    code: "unit/name",
    message: `not a unit's full name: ${JSON.stringify(name)}`,
    hint: "with its type, such as nginx.service",
  });
}
