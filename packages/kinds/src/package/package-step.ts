import type { RunStep } from "@evenkeel/core";
import { readWords } from "@evenkeel/core";
import type { PackageOptions } from "./desired-package.ts";
import type { PackageManager } from "./package-state.ts";

export type PackageVerb =
  | "install"
  | "remove"
  | "keep"
  | "update"
  | "upgrade"
  | "dist-upgrade"
  | "autoremove"
  | "autoclean"
  | "clean"
  | "build-dep";

const scripts = { apt: "./change-apt.sh", dnf: "./change-dnf.sh", apk: "./change-apk.sh" } as const;

/** One run of a host's package manager; it asks nothing, ever. */
export function managerStep(
  manager: PackageManager,
  verb: PackageVerb,
  names: readonly string[],
  options: PackageOptions = {},
): RunStep {
  const words = manager === "apt" ? aptWords(verb, options) : (options.words ?? []);
  const script = readWords(new URL(scripts[manager], import.meta.url));
  return {
    do: "run",
    argv: ["sh", "-c", script, `evenkeel-${manager}`, verb, ...words, ...(names.length > 0 ? ["--", ...names] : [])],
    environment: {
      DEBIAN_FRONTEND: "noninteractive",
      DEBIAN_PRIORITY: "critical",
      NEEDRESTART_MODE: "l",
      NEEDRESTART_SUSPEND: "1",
      APT_LISTCHANGES_FRONTEND: "none",
      EVENKEEL_LOCK_SECONDS: String(options.lockSeconds ?? 300),
      ...(options.policy !== undefined && { EVENKEEL_POLICY: String(options.policy) }),
    },
  };
}

function aptWords(verb: PackageVerb, options: PackageOptions): string[] {
  const when = (isOn: boolean | undefined, word: string) => (isOn ? [word] : []);
  const { installsRecommends: recommends, release, dpkgOptions = ["force-confdef", "force-confold"] } = options;
  return [
    ...dpkgOptions.flatMap((option) => ["-o", `Dpkg::Options::=--${option}`]),
    ...(release === undefined ? [] : ["-t", release]),
    ...(recommends === undefined ? [] : ["-o", `APT::Install-Recommends=${recommends ? "yes" : "no"}`]),
    ...when(options.onlyUpgrades, "--only-upgrade"),
    ...when(options.purges, "--purge"),
    ...when(options.fixesBroken, "--fix-broken"),
    ...when(options.refusesRemovals, "--no-remove"),
    ...when(options.removesUnneeded && verb !== "autoremove", "--auto-remove"),
    ...when(options.allowsUnauthenticated || options.isForced, "--allow-unauthenticated"),
    ...when(options.allowsDowngrades || options.isForced, "--allow-downgrades"),
    ...when(options.allowsHeld || options.isForced, "--allow-change-held-packages"),
    ...when(options.isForced, "--allow-remove-essential"),
    ...when(verb === "upgrade", "--with-new-pkgs"),
  ];
}
