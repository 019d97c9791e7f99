import type { PresentUnit, ServiceManager, UnitState } from "./unit-state.ts";

/** Reads what read-units.sh printed. */
export function parseUnits(
  output: Uint8Array,
  names: readonly string[],
  via?: unknown,
): ReadonlyMap<string, UnitState> {
  const text = Buffer.from(output).toString();
  const end = text.indexOf("\n");
  const manager = text.slice(0, end) as ServiceManager | "none";
  const [shown = "", told = ""] = text.slice(end + 1).split(/^----\n/m);
  const facts = readFacts(told);
  const isGlobal = (via as { readonly scope?: string } | undefined)?.scope === "global";
  const asked = manager === "systemd" ? names.filter((name) => !isGlobal && !name.includes("@.")) : [];
  const blocks = shown.trim().split(/\n\n/);
  const states = new Map<string, UnitState>(
    asked.map((name, index) => [name, systemdState(name, blocks[index] ?? "", facts)]),
  );
  for (const name of names) {
    if (states.has(name)) continue;
    const words = facts.units.get(name) ?? [];
    states.set(name, manager === "systemd" ? templateState(words[0] ?? "") : scriptState(manager, words));
  }
  return states;
}

interface Facts {
  /** Words said of units one by one. */
  readonly units: ReadonlyMap<string, readonly string[]>;
  readonly starts: ReadonlySet<string>;
  readonly withheld: ReadonlySet<string>;
  readonly files: ReadonlyMap<string, number>;
  readonly bootedAt: number;
}

function readFacts(text: string): Facts {
  const units = new Map<string, readonly string[]>();
  const files = new Map<string, number>();
  const [starts, withheld] = [new Set<string>(), new Set<string>()];
  let bootedAt = 0;
  for (const line of text.split("\n")) {
    const [word, first = "", ...rest] = line.split(" ");
    if (word === "unit") units.set(first, rest);
    else if (word === "starts") starts.add(first);
    else if (word === "withheld") withheld.add(first);
    else if (word === "file") files.set(rest.join(" "), Number(first));
    else if (word === "time") bootedAt = Number(first) - Number(rest[0]);
  }
  return { units, starts, withheld, files, bootedAt };
}

/** A block may hold what looks like an empty line only between units: values are one line each. */
function systemdState(name: string, block: string, facts: Facts): UnitState {
  const properties = Object.fromEntries(
    block
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  const { LoadState, ActiveState, SubState, UnitFileState = "", InvocationID } = properties;
  if (LoadState === undefined || LoadState === "not-found") return { state: "absent", manager: "systemd" };
  const script = /^\/etc\/init\.d\/(.+)$/.exec(properties.SourcePath ?? "")?.[1];
  const isOneshot = properties.Type === "oneshot" && properties.RemainAfterExit === "no";
  const names = [name, ...(properties.Names ?? "").split(" ")];
  return {
    ...{ state: "present", manager: "systemd", properties },
    isActive: ["active", "reloading", "refreshing", "activating"].includes(ActiveState ?? ""),
    isEnabled: script === undefined ? isEnabled(UnitFileState) : facts.starts.has(script),
    isMasked: LoadState === "masked",
    activity: `${ActiveState} (${SubState})`,
    enablement: UnitFileState || "none",
    needsDaemonReload: properties.NeedDaemonReload === "yes",
    ...(isStatic(UnitFileState) && script === undefined && { isStatic: true }),
    ...(isOneshot && { isOneshot }),
    ...(properties.CanReload && { canReload: properties.CanReload === "yes" }),
    ...(isStale(properties, facts) && { isStale: true }),
    ...(names.some((each) => facts.withheld.has(each)) && { isWithheld: true }),
    ...(InvocationID && { invocation: InvocationID }),
  };
}

function isEnabled(word: string): boolean {
  return ["enabled", "enabled-runtime", "alias"].includes(word) || isStatic(word);
}

function isStatic(word: string): boolean {
  return ["static", "indirect", "generated", "transient"].includes(word);
}

/** Whether a file that makes up a unit is younger than its last start. */
function isStale(
  { ActiveState, ActiveEnterTimestampMonotonic, FragmentPath, DropInPaths }: Record<string, string>,
  { files, bootedAt }: Facts,
): boolean {
  if (ActiveState !== "active") return false;
  const startedAt = bootedAt + Number(ActiveEnterTimestampMonotonic) / 1e6;
  const paths = [FragmentPath ?? "", ...(DropInPaths ?? "").split(" ")];
  return paths.some((path) => (files.get(path) ?? 0) > startedAt + 1);
}

function templateState(word: string): UnitState {
  if (word === "" || word === "not-found") return { state: "absent", manager: "systemd" };
  return {
    ...{ state: "present", manager: "systemd", isActive: false, enablement: word },
    ...{ isEnabled: isEnabled(word), isMasked: word.startsWith("masked"), ...(isStatic(word) && { isStatic: true }) },
  };
}

function scriptState(manager: ServiceManager | "none", [runs, starts]: readonly string[]): UnitState {
  if (manager === "none" || runs === undefined || runs === "absent") return { state: "absent", manager };
  const [isActive, isEnabled] = [runs === "yes", starts === "yes"];
  const words = { activity: isActive ? "started" : "stopped", enablement: isEnabled ? "enabled" : "disabled" };
  return { state: "present", manager, isActive, isEnabled, isMasked: false, ...words } satisfies PresentUnit;
}
