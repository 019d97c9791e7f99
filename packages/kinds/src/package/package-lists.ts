import type { Change, Observed } from "@evenkeel/core";
import { defineKind, isUnsettled } from "@evenkeel/core";
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

/** The lists of the host's package manager; there is one of them, under any key. */
export const packageLists = defineKind<PackageListsState, DesiredPackageLists>({
  name: "package-lists",
  read: () => `now=$(date +%s)
age() { for path; do [ -e "$path" ] && at=$(stat -c %Y "$path") && echo "$manager $at $((now - at))" && return; done; echo "$manager"; }
if command -v apt-get >/dev/null; then manager=apt
  found=; for list in /var/lib/apt/lists/*_Packages*; do [ ! -e "$list" ] || found=1; break; done
  if [ -n "$found" ]; then age /var/lib/apt/periodic/update-success-stamp /var/lib/apt/lists; else echo apt; fi
elif command -v dnf >/dev/null; then manager=dnf; age /var/cache/dnf /var/cache/libdnf5
elif command -v apk >/dev/null; then manager=apk; age /var/cache/apk/APKINDEX.*
fi`,
  parse(output, keys) {
    const [manager, at, age] = Buffer.from(output).toString().trim().split(" ");
    const state: PackageListsState = {
      state: at === undefined ? "absent" : "present",
      ...(manager && { manager: manager as PackageManager }),
      ...(at !== undefined && { updatedAt: Number(at), ageSeconds: Number(age) }),
    };
    return new Map(keys.map((key) => [key, state]));
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
  const manager = isUnsettled(before) ? "apt" : (before.manager ?? "apt");
  const step = managerStep(manager, "update", [], options);
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
