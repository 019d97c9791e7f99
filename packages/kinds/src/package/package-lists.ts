import type { Change, Observed } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled } from "@evenkeel/core";
import type { PackageOptions } from "./desired-package.ts";
import type { PackageManager } from "./package-state.ts";
import { managerStep } from "./package-step.ts";

/** What a host knows of the packages that it could have: whether it knows anything, and how old that is. */
export interface PackageListsState {
  readonly state: "absent" | "present";
  readonly manager?: PackageManager;
  /** In seconds since 1970. */
  readonly updatedAt?: number;
  readonly ageSeconds?: number;
}

export interface DesiredPackageLists {
  readonly validSeconds: number;
  readonly options?: PackageOptions;
  readonly tries?: number;
  readonly maxPauseSeconds?: number;
}

/** The lists of a package manager: `apt`, `dnf` or `apk`. */
export const packageLists = defineKind<PackageListsState, DesiredPackageLists>({
  name: "package-lists",
  read(keys) {
    for (const key of keys) checkManager(key);
    return `now=$(date +%s)
age() { for path; do [ -e "$path" ] && at=$(stat -c %Y "$path") && echo "$at $((now - at))" && return; done; echo none; }
for manager in ${keys.join(" ")}; do
  case $manager in
    apt) found=; for list in /var/lib/apt/lists/*_Packages*; do [ ! -e "$list" ] || found=1; break; done
      if [ -n "$found" ]; then age /var/lib/apt/periodic/update-success-stamp /var/lib/apt/lists; else echo none; fi ;;
    dnf) age /var/cache/dnf /var/cache/libdnf5 ;;
    apk) age /var/cache/apk/APKINDEX.* ;;
  esac
done`;
  },
  parse(output, keys) {
    const lines = Buffer.from(output).toString().split("\n");
    return new Map(keys.map((key, index) => [key, stateOf(key as PackageManager, lines[index] ?? "none")]));
  },
  ensure(actual, { validSeconds, options, tries, maxPauseSeconds }) {
    if (isFresh(actual.state, validSeconds)) return [];
    return [update(actual, options, { tries, maxPauseSeconds })];
  },
  isAsPlanned: (actual) => actual.state === "present",
  isAbsent: ({ state }) => state === "absent",
  unsettles: () => [
    { kind: "package", ifAbsent: true, isDoubt: true, because: "newer lists may offer another version" },
    { kind: "packages", isDoubt: true, because: "newer lists may offer newer packages" },
  ],
  describe: ({ state, updatedAt }) => ({
    state,
    ...(updatedAt !== undefined && { updated: new Date(updatedAt * 1000).toISOString() }),
  }),
});

function stateOf(manager: PackageManager, line: string): PackageListsState {
  const [at, age] = line.split(" ");
  return age === undefined
    ? { state: "absent", manager }
    : { state: "present", manager, updatedAt: Number(at), ageSeconds: Number(age) };
}

function checkManager(key: string): asserts key is PackageManager {
  if (["apt", "dnf", "apk"].includes(key)) return;
  throw new InputError({
    code: "package-lists/manager",
    message: `not a package manager that we know: ${key}`,
    hint: "apt, dnf or apk",
  });
}

function isFresh(state: Observed<PackageListsState>["state"], validSeconds: number): boolean {
  return !isUnsettled(state) && state.ageSeconds !== undefined && state.ageSeconds < validSeconds;
}

/** An act: lists may be what they were, and were asked for all the same. */
function update(
  { kind, key, state: before }: Observed<PackageListsState>,
  options: PackageOptions | undefined,
  {
    tries = 5,
    maxPauseSeconds = 12,
  }: { readonly tries?: number | undefined; readonly maxPauseSeconds?: number | undefined },
): Change<PackageListsState> {
  const step = managerStep(key as PackageManager, "update", [], options);
  const environment = { ...step.environment, EVENKEEL_TRIES: String(tries), EVENKEEL_PAUSE: String(maxPauseSeconds) };
  const steps = [{ ...step, environment }];
  return {
    kind,
    key,
    action: "run",
    before,
    after: { state: "present", ageSeconds: 0 },
    steps,
    undo: [],
    interrupts: "nothing",
  };
}
