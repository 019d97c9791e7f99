import type { Change, Observed } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import type { PackageState } from "./package-state.ts";

/** A package as it is to be. */
export interface DesiredPackage {
  readonly state: "installed" | "absent";
}

/** A package by its name, on hosts with apt. */
export const aptPackage = defineKind<PackageState, DesiredPackage>({
  name: "package",
  read(names) {
    for (const name of names) checkName(name);
    return `set -- ${quoteAll(names)}\n${readWords(new URL("./read.sh", import.meta.url))}`;
  },
  parse,
  ensure: (actual, desired) => ensurePackages([actual], desired),
  isAsPlanned(actual, after) {
    if (after.state === "absent" || actual.state === "absent") return actual.state === after.state;
    return after.version === undefined || actual.version === after.version;
  },
  isAbsent: ({ state }) => state === "absent",
  unsettles({ key, after }) {
    const because = `package ${key} ${after.state === "absent" ? "may take it away" : "may bring it"}`;
    const kinds = ["file", "unit", "user", "group"];
    return kinds.map((kind) => ({ kind, because, ...(after.state === "installed" && { ifAbsent: true }) }));
  },
  describe: (state) => ({ ...state }),
});

/** Several packages in one run of apt: the first change brings all of them about. */
export function ensurePackages(
  packages: readonly Observed<PackageState>[],
  { state }: DesiredPackage,
): readonly Change<PackageState>[] {
  const wrong = packages.filter((each) => isUnsettled(each.state) || each.state.state !== state);
  const names = wrong.map(({ key }) => key);
  const verb = state === "absent" ? "remove" : "install";
  return wrong.map(({ kind, key, state: before }, index) => ({
    kind,
    key,
    action: state === "absent" ? "remove" : "ensure",
    before,
    after: afterwards(state, before),
    steps: index > 0 ? [] : [aptStep(verb, names)],
    undo: index > 0 ? [] : [aptStep(verb === "install" ? "remove" : "install", names)],
    interrupts: state === "absent" ? "outage" : "nothing",
  }));
}

function afterwards(state: DesiredPackage["state"], before: Observed<PackageState>["state"]): PackageState {
  if (state === "absent") return { state };
  const version = !isUnsettled(before) && before.state === "absent" ? before.candidate : undefined;
  return { state, ...(version && { version }) };
}

function aptStep(verb: "install" | "remove", names: readonly string[]) {
  const script = readWords(new URL("./change.sh", import.meta.url));
  return {
    do: "run",
    argv: ["sh", "-c", script, "evenkeel-apt", verb, ...names],
    environment: {
      DEBIAN_FRONTEND: "noninteractive",
      NEEDRESTART_MODE: "l",
      NEEDRESTART_SUSPEND: "1",
      APT_LISTCHANGES_FRONTEND: "none",
    },
  } as const;
}

function parse(output: Uint8Array, names: readonly string[]): ReadonlyMap<string, PackageState> {
  const [installed = "", available = ""] = Buffer.from(output).toString().split(/\n\n/);
  const versions = new Map<string, string>();
  for (const line of installed.split("\n")) {
    const [name = "", architecture = "", status, version = ""] = line.split(" ");
    if (status !== "installed") continue;
    versions.set(name, version);
    versions.set(`${name}:${architecture}`, version);
  }
  return new Map(names.map((name) => [name, stateOf(name, versions.get(name), available)]));
}

function stateOf(name: string, version: string | undefined, available: string): PackageState {
  if (version !== undefined) return { state: "installed", version };
  const block = available.split(/^(?=\S)/m).find((each) => each.startsWith(`${name}:\n`));
  const candidate = /^ {2}Candidate: (\S+)$/m.exec(block ?? "")?.[1];
  return { state: "absent", ...(candidate !== undefined && candidate !== "(none)" && { candidate }) };
}

function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?$/.test(name)) return;
  throw new InputError({
    code: "package/name",
    message: `not a package's name: ${JSON.stringify(name)}`,
    hint: "lower-case letters, digits, `+`, `-` and `.`, with `:architecture` if need be",
  });
}
