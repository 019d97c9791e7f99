import type { Change, Observed, Unsettled } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { DesiredPackage, PackageOptions } from "./desired-package.ts";
import type { WantedPackage } from "./package.ts";
import type { PackageManager, PackageState } from "./package-state.ts";
import { managerStep } from "./package-step.ts";
import { isWished } from "./version-wish.ts";

/** What it takes to make packages as they are wanted, in one run of the package manager. */
export function changePackages(
  wanted: readonly WantedPackage[],
  options: PackageOptions = {},
): readonly Change<PackageState>[] {
  const planned = wanted.flatMap(({ actual, desired }) => {
    const after = wantedState(actual.state, desired);
    return after === undefined ? [] : [{ actual, desired, after }];
  });
  if (planned.length === 0) return [];
  const [steps, undo] = [stepsTo(planned, options), undoOf(planned, options)];
  return planned.map(({ actual: { kind, key, via, state: before }, after }, index) => ({
    ...{ kind, key, ...(via !== undefined && { via }), before, after },
    action: after.state === "absent" ? "remove" : "ensure",
    steps: index > 0 ? [] : steps,
    undo: index > 0 ? [] : undo,
    interrupts: interruption(before, after),
  }));
}

interface Planned extends WantedPackage {
  readonly after: PackageState;
}

/** Nothing where it is so already. */
function wantedState(before: Observed<PackageState>["state"], desired: DesiredPackage): PackageState | undefined {
  const { state, wish, purges, onlyUpgrades } = desired;
  if (state === "absent") {
    const isGone = !isUnsettled(before) && before.state === "absent" && !(purges && before.hasConfiguration);
    return isGone ? undefined : { state: "absent", ...(purges && { hasConfiguration: false }) };
  }
  const kept = isUnsettled(before) ? undefined : keptState(before, desired);
  if (kept !== "change") {
    if (kept !== undefined || !isUnsettled(before)) return kept;
    return { state: "installed", ...wishText(wish) };
  }
  if (!isUnsettled(before) && before.state === "absent" && onlyUpgrades) return undefined;
  const version = isUnsettled(before) ? undefined : bestVersion(before, desired);
  return { state: "installed", ...(version === undefined ? wishText(wish) : { version }) };
}

/** What is installed, and may stay: as it is, or no longer as a mere dependency. */
function keptState(before: PackageState, desired: DesiredPackage): PackageState | undefined | "change" {
  if (before.state === "absent" || before.missing) return "change";
  const { version, isAutomatic } = before;
  const best = bestVersion(before, desired);
  const isRight = version === undefined || desired.wish === undefined || isWished(version, desired.wish);
  const isNewest = desired.state !== "latest" || best === undefined || best === version;
  if (!isRight || !isNewest) return "change";
  return isAutomatic
    ? { state: "installed", ...(version !== undefined && { version }), isAutomatic: false }
    : undefined;
}

/** What an installation would bring, as far as that is known. */
function bestVersion({ candidate, versions = [] }: PackageState, { wish }: DesiredPackage): string | undefined {
  if (wish === undefined || (candidate !== undefined && isWished(candidate, wish))) return candidate;
  return versions.find((version) => isWished(version, wish));
}

function wishText(wish: DesiredPackage["wish"]): { readonly wish?: string } {
  return wish?.relation === "=" ? { wish: wish.version } : {};
}

function interruption(before: PackageState | Unsettled, after: PackageState): Change["interrupts"] {
  if (after.state === "absent") return isUnsettled(before) || before.state === "installed" ? "outage" : "nothing";
  if (isUnsettled(before) || before.state === "absent" || after.isAutomatic === false) return "nothing";
  return before.running || before.manager !== "apt" ? "restart" : "nothing";
}

function stepsTo(planned: readonly Planned[], options: PackageOptions): Change["steps"] {
  const manager = managerOf(planned);
  const [gone, marked, brought] = [
    planned.filter(({ after }) => after.state === "absent"),
    planned.filter(({ after }) => after.state === "installed" && after.isAutomatic === false),
    planned.filter(({ after }) => after.state === "installed" && after.isAutomatic !== false),
  ];
  const names = (list: readonly Planned[]) => list.map(({ actual }) => actual.key);
  return [
    ...(gone.length > 0 ? [managerStep(manager, "remove", names(gone), options)] : []),
    ...(brought.length > 0
      ? [
          managerStep(
            manager,
            "install",
            brought.map((each) => wordFor(manager, each)),
            options,
          ),
        ]
      : []),
    ...(marked.length > 0 ? [managerStep(manager, "keep", names(marked), options)] : []),
  ];
}

/** A package as its manager is told about it. */
function wordFor(manager: PackageManager, { actual, desired: { state, wish }, after }: Planned): string {
  const version =
    after.state === "installed" ? (after.version ?? (wish?.relation === "=" ? wish.version : undefined)) : undefined;
  const isPlain = version === undefined || (wish === undefined && (state !== "latest" || manager !== "apt"));
  return isPlain ? actual.key : `${actual.key}${manager === "dnf" ? "-" : "="}${version}`;
}

function undoOf(planned: readonly Planned[], options: PackageOptions): Change["undo"] {
  const manager = managerOf(planned);
  const { dpkgOptions, lockSeconds } = options;
  const plain = { ...(dpkgOptions && { dpkgOptions }), ...(lockSeconds !== undefined && { lockSeconds }) };
  const states = planned.flatMap(({ actual: { key, state }, after }) =>
    isUnsettled(state) ? [] : [{ key, state, after }],
  );
  const came = states.filter(({ state, after }) => state.state === "absent" && after.state === "installed");
  const went = states.filter(
    ({ state, after }) => state.state === "installed" && after.state === "absent" && after.hasConfiguration !== false,
  );
  return [
    ...(came.length > 0
      ? [
          managerStep(
            manager,
            "remove",
            came.map(({ key }) => key),
            plain,
          ),
        ]
      : []),
    ...(went.length > 0
      ? [
          managerStep(
            manager,
            "install",
            went.map(({ key }) => key),
            plain,
          ),
        ]
      : []),
  ];
}

/** An unsettled one is only planned: by the time it is made, it is known. */
function managerOf(planned: readonly WantedPackage[]): PackageManager {
  return (
    planned.map(({ actual: { state } }) => (isUnsettled(state) ? undefined : state.manager)).find(Boolean) ?? "apt"
  );
}
