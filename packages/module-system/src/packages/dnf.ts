import { defineModule, Refused } from "@evenkeel/core";
import type { PackageOptions } from "@evenkeel/kinds";
import { ensurePackages, packageLists, packages, softwarePackage } from "@evenkeel/kinds";
import type { Static } from "typebox";
import { Type } from "typebox";
import { dnfResult, dnfReturns } from "./command-result.ts";
import { demandOneOf } from "./demand-one-of.ts";

const List = (description: string) => Type.Optional(Type.Array(Type.String(), { description, split: true }));
const Flag = (description: string, standard = false) => Type.Boolean({ description, default: standard });

const DnfParams = Type.Object(
  {
    name: List("packages: `httpd`, `httpd-2.4.62`, `glibc.i686`; `*` with state latest is all of them"),
    state: Type.Optional(
      Type.Enum(["present", "installed", "latest", "absent", "removed"], {
        type: "string",
        description: "what they are to be",
      }),
    ),
    update_cache: Type.Boolean({
      default: false,
      description: "fetch newer metadata first",
      aliases: ["expire-cache"],
    }),
    update_only: Flag("what is not installed stays away"),
    autoremove: Flag("dependencies that nothing needs any more go"),
    allow_downgrade: Flag("go back to an older version"),
    allowerasing: Flag("remove packages that are in the way"),
    best: Type.Optional(Type.Boolean({ description: "the best candidate or none" })),
    nobest: Type.Optional(Type.Boolean({ description: "the opposite of best" })),
    skip_broken: Flag("leave out what cannot be resolved"),
    install_weak_deps: Flag("what packages recommend comes too", true),
    disable_gpg_check: Flag("do not look at signatures"),
    sslverify: Flag("check repositories' certificates", true),
    validate_certs: Flag("check certificates of URLs", true),
    cacheonly: Flag("use what has been fetched before"),
    enablerepo: List("repositories to turn on for this run"),
    disablerepo: List("repositories to turn off for this run"),
    enable_plugin: List("plugins to turn on for this run"),
    disable_plugin: List("plugins to turn off for this run"),
    exclude: List("packages that are left alone"),
    disable_excludes: Type.Optional(
      Type.String({ description: "`all`, `main` or a repository whose excludes do not count" }),
    ),
    conf_file: Type.Optional(Type.String({ description: "another configuration" })),
    releasever: Type.Optional(Type.String({ description: "another release" })),
    security: Flag("with state latest: only what has a security advisory"),
    bugfix: Flag("with state latest: only what has a bugfix advisory"),
    lock_timeout: Type.Integer({ default: 30, description: "how long to wait for others that use rpm, in seconds" }),
    use_backend: Type.Enum(["auto", "dnf", "dnf4", "dnf5", "yum", "yum4"], {
      type: "string",
      default: "auto",
      description: "whatever `dnf` is on the host",
    }),
    install_repoquery: Flag("of no meaning any more", true),
    download_only: Refused("it changes nothing that could be observed; use command: dnf download"),
    download_dir: Refused("see download_only"),
    installroot: Refused("a host is what is managed; use command: dnf --installroot"),
    list: Refused("use package_facts, or command: dnf list"),
  },
  { additionalProperties: false },
);

type Params = Static<typeof DnfParams>;

export const dnf = defineModule({
  name: "dnf",
  summary: "Packages of Fedora, Red Hat and their like.",
  params: DnfParams,
  observe(params) {
    demandOneOf("dnf", params, ["name", "autoremove", "update_cache"]);
    const isLatest = params.state === "latest";
    return {
      lists: params.update_cache ? [packageLists("dnf")] : [],
      wanted: names(params).map((name) => softwarePackage(name, isLatest ? { asksLists: true } : undefined)),
      runs: runKeys(params).map((key) => packages(key)),
    };
  },
  plan({ lists, wanted, runs }, params) {
    const options: PackageOptions = { words: words(params), lockSeconds: params.lock_timeout };
    const state =
      params.state === "latest"
        ? "latest"
        : params.state === "absent" || params.state === "removed"
          ? "absent"
          : "installed";
    const desired = { state, ...(params.update_only && { onlyUpgrades: true }) } as const;
    return [
      ...lists.flatMap((each) => packageLists.ensure(each, { validSeconds: 0, options })),
      ...ensurePackages(
        wanted.map((actual) => ({ actual, desired })),
        options,
      ),
      ...runs.flatMap((run) => packages.ensure(run, options)),
    ];
  },
  result: dnfResult,
  returns: dnfReturns,
});

function names({ name = [] }: Params): readonly string[] {
  return name.filter((each) => each !== "*");
}

function runKeys({ name = [], state, autoremove }: Params): readonly string[] {
  return [
    ...(state === "latest" && name.includes("*") ? ["upgrade"] : []),
    ...(autoremove && name.length === 0 ? ["autoremove"] : []),
  ];
}

function words(params: Params): string[] {
  const each = (list: readonly string[] | undefined, word: string) => (list ?? []).map((value) => `--${word}=${value}`);
  const when = (isOn: boolean | undefined, word: string) => (isOn ? [word] : []);
  return [
    ...each(params.enablerepo, "enablerepo"),
    ...each(params.disablerepo, "disablerepo"),
    ...each(params.enable_plugin, "enableplugin"),
    ...each(params.disable_plugin, "disableplugin"),
    ...each(params.exclude, "exclude"),
    ...each(params.disable_excludes === undefined ? [] : [params.disable_excludes], "disableexcludes"),
    ...each(params.conf_file === undefined ? [] : [params.conf_file], "config"),
    ...each(params.releasever === undefined ? [] : [params.releasever], "releasever"),
    ...when(params.allowerasing, "--allowerasing"),
    ...when(params.best, "--best"),
    ...when(params.nobest || params.best === false, "--nobest"),
    ...when(params.skip_broken, "--skip-broken"),
    ...when(params.disable_gpg_check, "--nogpgcheck"),
    ...when(params.cacheonly, "--cacheonly"),
    ...when(params.security, "--security"),
    ...when(params.bugfix, "--bugfix"),
    ...when(!params.install_weak_deps, "--setopt=install_weak_deps=False"),
    ...when(!params.sslverify || !params.validate_certs, "--setopt=sslverify=False"),
  ];
}
