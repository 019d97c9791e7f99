import type { Observed } from "@evenkeel/core";
import { defineKind, InputError, quote, quoteAll, readWords } from "@evenkeel/core";
import { changePackages } from "./change-packages.ts";
import type { DesiredPackage } from "./desired-package.ts";
import { finishPackages } from "./finish-packages.ts";
import type { PackageState } from "./package-state.ts";
import { parsePackages } from "./parse-packages.ts";
import type { VersionWish } from "./version-wish.ts";
import { globExpression } from "./version-wish.ts";

/** What to ask beyond whether a package is there. */
export interface PackageQuestion {
  /** What the lists offer of it, although it is installed. */
  readonly asksLists?: boolean;
  /** The same, unless it is as wished. */
  readonly wish?: VersionWish;
  readonly release?: string;
}

/** A package by its name, on hosts with apt, dnf or apk. */
export const softwarePackage = defineKind<PackageState, DesiredPackage>({
  name: "package",
  read(names, via) {
    for (const name of names) checkName(name);
    const words = readWords(new URL("./read-packages.sh", import.meta.url));
    return `${question(via as PackageQuestion | undefined)}set -- ${quoteAll(names)}\n${words}`;
  },
  parse: parsePackages,
  ensure: (actual, desired) => changePackages([{ actual, desired }]),
  isAsPlanned(actual, after) {
    if (after.state === "absent")
      return actual.state === "absent" && !(after.hasConfiguration === false && actual.hasConfiguration);
    if (actual.state === "absent") return false;
    if (after.isAutomatic === false && actual.isAutomatic) return false;
    if (actual.missing) return false;
    if (after.wish !== undefined) return globExpression(after.wish).test(actual.version ?? "");
    return after.version === undefined || actual.version === after.version;
  },
  isAbsent: ({ state }) => state === "absent",
  unsettles({ key, after }) {
    const isGone = after.state === "absent";
    const because = `package ${key} ${isGone ? "may take it away" : "may bring it"}`;
    const kinds = ["file", "unit", "user", "group"];
    return [
      ...kinds.map((kind) => ({
        ...{ kind, because, ...(isGone ? { isDoubt: true } : { ifAbsent: true }) },
        ...(kind === "file" && { hardlyAt: people }),
      })),
      { kind: "package", because, isDoubt: true, ...(!isGone && { ifAbsent: true }) },
      ...["packages", "package-list", "service-list"].map((kind) => ({ kind, because, isDoubt: true })),
    ];
  },
  finish: finishPackages,
  describe(state) {
    if (state.state === "absent") return { state: "absent" };
    const version = state.version ?? state.wish;
    return {
      state: "installed",
      ...(version !== undefined && { version }),
      ...(state.provider && { by: state.provider }),
      ...(state.isAutomatic !== undefined && { installed: state.isAutomatic ? "for another" : "for itself" }),
    };
  },
});

/** What is people's own: packages leave it alone. */
const people = ["~", "/root/", "/home/"];

/** Several packages in one run of the package manager: the first change brings all of them about. */
export const ensurePackages = changePackages;

/** A package and what it is to be. */
export interface WantedPackage {
  readonly actual: Observed<PackageState>;
  readonly desired: DesiredPackage;
}

function question({ asksLists = false, wish, release }: PackageQuestion = {}): string {
  const asks = asksLists ? "asks=all " : wish ? `asks=${quote(wish.version)} relation=${quote(wish.relation)} ` : "";
  return `${asks}${release === undefined ? "" : `release=${quote(release)} `}\n`;
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9*?[][A-Za-z0-9+._*?[\]:!/()@-]*$/.test(name)) return;
  throw new InputError({
    code: "package/name",
    message: `not a package's name: ${JSON.stringify(name)}`,
    hint: "letters, digits, `+`, `-`, `_` and `.`, with `:architecture` if need be",
  });
}
