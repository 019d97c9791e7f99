import type { Change, Observed } from "@evenkeel/core";
import { defineModule, unsettled } from "@evenkeel/core";
import type { PackageOptions, PackageState, PackagesState } from "@evenkeel/kinds";
import { debFile, ensurePackages, packageLists, packages, parsePackageSpec, softwarePackage } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { AptParams } from "./apt-params.ts";
import { aptResult, aptReturns } from "./apt-result.ts";
import { demandOneOf } from "./demand-one-of.ts";

type Params = Static<typeof AptParams>;

export const apt = defineModule({
  name: "apt",
  summary: "Packages of Debian and its like.",
  params: AptParams,
  observe(params) {
    demandOneOf("apt", params, ["autoremove", "autoclean", "clean", "deb", "name", "update_cache", "upgrade"]);
    return {
      lists: updatesLists(params) ? [packageLists("apt")] : [],
      wanted: names(params).map((name) => softwarePackage(parsePackageSpec(name).name, question(params, name))),
      debs: params.deb === undefined ? [] : params.deb.split(",").map((deb) => debFile(deb.trim())),
      runs: runKeys(params).map((key) =>
        packages(key, params.default_release === undefined ? undefined : { release: params.default_release }),
      ),
    };
  },
  plan({ lists, wanted, debs, runs }, params) {
    const options = aptOptions(params);
    const changes = [
      ...ensurePackages(
        wanted.map((actual, index) => ({ actual, desired: desired(params, names(params)[index] ?? "") })),
        options,
      ),
      ...debs.flatMap((deb) => debFile.ensure(deb, options)),
      ...runs.flatMap((run) => packages.ensure(run, options)),
    ];
    // Newer lists matter to what is still to come, and to nothing that is there already.
    const isListsOnly = wanted.length + debs.length + runs.length === 0;
    const asksNewest = params.state === "latest" || runs.length > 0;
    if (!isListsOnly && !asksNewest && changes.length === 0) return [];
    const update = lists.flatMap((each) =>
      packageLists.ensure(each, {
        ...{ validSeconds: params.cache_valid_time, options },
        ...{ tries: params.update_cache_retries, maxPauseSeconds: params.update_cache_retry_max_delay },
      }),
    );
    if (update.length === 0) return changes;
    return [...update, ...afterUpdate(wanted, runs, params, options), ...changes.filter(({ kind }) => kind === "deb")];
  },
  result: (made) => aptResult(made),
  returns: aptReturns,
});

/** What the lists will say after an update is not known: whatever depends on it is planned as if it changed. */
function afterUpdate(
  wanted: readonly Observed<PackageState>[],
  runs: readonly Observed<PackagesState>[],
  params: Params,
  options: PackageOptions,
): readonly Change[] {
  const because = "apt's lists are updated first";
  const isOpen = params.state === "latest";
  const packagesLater = wanted.map((actual, index) => {
    const state = isOpen ? unsettled(because) : withoutOffers(actual.state);
    return { actual: { ...actual, state }, desired: desired(params, names(params)[index] ?? "") };
  });
  return [
    ...ensurePackages(packagesLater, options),
    ...runs.flatMap((run) => packages.ensure({ ...run, state: unsettled(because) }, options)),
  ];
}

function withoutOffers(state: Observed<PackageState>["state"]): Observed<PackageState>["state"] {
  if ("unsettled" in state || state.state === "installed") return state;
  const { candidate: _, versions: __, ...rest } = state;
  return rest;
}

function updatesLists({ update_cache, cache_valid_time }: Params): boolean {
  return update_cache === true || (update_cache === undefined && cache_valid_time > 0);
}

function names({ name = [], state }: Params): readonly string[] {
  return state === "build-dep" ? [] : name.filter((each) => each !== "*" && each.trim() !== "");
}

function question({ state, default_release: release }: Params, name: string) {
  const { wish } = parsePackageSpec(name);
  const how = {
    ...(state === "latest" && { asksLists: true }),
    ...(wish && state !== "absent" && { wish }),
    ...(release !== undefined && { release }),
  };
  return Object.keys(how).length === 0 ? undefined : how;
}

function desired({ state, purge, only_upgrade }: Params, name: string) {
  const { wish } = parsePackageSpec(name);
  return {
    state: state === "absent" ? ("absent" as const) : state === "latest" ? ("latest" as const) : ("installed" as const),
    ...(wish && { wish }),
    ...(purge && { purges: true }),
    ...(only_upgrade && { onlyUpgrades: true }),
  };
}

/** Runs over all packages; those without names come after the others, as Ansible does them. */
function runKeys(params: Params): readonly string[] {
  const { upgrade, name = [], state, autoclean, autoremove, clean } = params;
  const isAll = state === "latest" && name.includes("*");
  const verbs = { dist: "dist-upgrade", full: "dist-upgrade", safe: "upgrade", yes: "upgrade", no: undefined } as const;
  const verb = verbs[upgrade === true ? "yes" : upgrade === false ? "no" : upgrade] ?? (isAll ? "upgrade" : undefined);
  return [
    ...(clean ? ["clean"] : []),
    ...(verb ? [verb] : []),
    ...(state === "build-dep" ? [`build-dep ${name.join(" ")}`] : []),
    ...(names(params).length === 0 && autoclean ? ["autoclean"] : []),
    ...(names(params).length === 0 && autoremove ? ["autoremove"] : []),
  ];
}

function aptOptions(params: Params): PackageOptions {
  const { default_release: release, install_recommends, lock_timeout, policy_rc_d } = params;
  return {
    ...(release !== undefined && { release }),
    ...(install_recommends !== undefined && { installsRecommends: install_recommends }),
    ...(lock_timeout !== undefined && { lockSeconds: lock_timeout }),
    ...(policy_rc_d !== undefined && { policy: policy_rc_d }),
    dpkgOptions: params.dpkg_options.split(",").filter((option) => option !== ""),
    onlyUpgrades: params.only_upgrade,
    purges: params.purge,
    fixesBroken: params.state === "fixed",
    refusesRemovals: params.fail_on_autoremove,
    removesUnneeded: params.autoremove,
    allowsUnauthenticated: params.allow_unauthenticated,
    allowsDowngrades: params.allow_downgrade,
    allowsHeld: params.allow_change_held_packages,
    isForced: params.force,
  };
}
