import type { Observed } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import type { PackageOptions } from "./desired-package.ts";
import { finishPackages } from "./finish-packages.ts";
import type { PackageManager } from "./package-state.ts";
import type { PackageVerb } from "./package-step.ts";
import { managerStep } from "./package-step.ts";

/** What a run of the package manager over all packages would still do. */
export interface PackagesState {
  readonly manager?: PackageManager;
  readonly pending: readonly PendingPackage[];
}

export interface PendingPackage {
  readonly name: string;
  /** Both: an upgrade; only `from`: it would be removed. */
  readonly from?: string;
  readonly to?: string;
}

/** All packages at once; the key is what is done to them: `upgrade`, `autoremove`, `build-dep nginx` …; `via` are apt's words. */
export const packages = defineKind<PackagesState, PackageOptions>({
  name: "packages",
  read(keys, via) {
    for (const key of keys) verbOf(key);
    const words = (via as { readonly release?: string } | undefined)?.release;
    const options = words === undefined ? "" : `options=${quoteAll(["-t", words])}\n`;
    return `${options}set -- ${quoteAll(keys)}\n${readWords(new URL("./read-pending.sh", import.meta.url))}`;
  },
  parse(output, keys) {
    const [manager = "", ...blocks] = Buffer.from(output)
      .toString()
      .split(/^== .*\n/m);
    return new Map(keys.map((key, index) => [key, stateOf(manager.trim(), blocks[index] ?? "")]));
  },
  ensure(actual, options) {
    const { kind, key, via, state: before } = actual;
    if (!isUnsettled(before) && before.pending.length === 0) return [];
    const { verb, names } = verbOf(key);
    const manager = isUnsettled(before) ? "apt" : (before.manager ?? "apt");
    return [
      {
        ...{ kind, key, ...(via !== undefined && { via }), before, after: { pending: [] }, undo: [] },
        action: verb === "autoremove" || verb.endsWith("clean") ? "remove" : "ensure",
        steps: [managerStep(manager, verb, names, options)],
        interrupts: interruption(before),
      },
    ];
  },
  isAsPlanned: (actual) => actual.pending.length === 0,
  isAbsent: () => false,
  unsettles: ({ key }) => {
    const because = `${key} of the packages may change it`;
    return ["package", "file", "unit", "user", "group", "packages", "package-list", "service-list"].map((kind) => ({
      kind,
      because,
      isDoubt: true,
    }));
  },
  finish: finishPackages,
  describe: ({ pending }) =>
    pending.length === 0
      ? { pending: "nothing" }
      : Object.fromEntries(
          pending.map(({ name, from, to }) => [
            name,
            from && to ? `${from}, ${to} can be had` : (to ?? `${from}, not needed`),
          ]),
        ),
});

const verbs: readonly PackageVerb[] = ["upgrade", "dist-upgrade", "autoremove", "autoclean", "clean", "build-dep"];

function verbOf(key: string): { readonly verb: PackageVerb; readonly names: readonly string[] } {
  const [word, ...names] = key.split(" ");
  const verb = verbs.find((each) => each === word);
  if (verb !== undefined && names.every((name) => /^[A-Za-z0-9][A-Za-z0-9+._:=~-]*$/.test(name)))
    return { verb, names };
  throw new InputError({
    code: "packages/verb",
    message: `not something that is done to packages: ${JSON.stringify(key)}`,
    hint: `one of ${verbs.join(", ")}`,
  });
}

/** An upgrade restarts what it upgrades, for all that we know. */
function interruption(before: Observed<PackagesState>["state"]) {
  if (isUnsettled(before)) return "restart";
  return before.pending.some(({ from, to }) => from !== undefined && to !== undefined) ? "restart" : "nothing";
}

function stateOf(manager: string, text: string): PackagesState {
  const pending = text.split("\n").flatMap((line): PendingPackage[] => {
    const [, word, name = "", from, to] =
      /^(Inst|Remv|Purg|Del|Upgr) (\S+)(?: \[([^\]]*)\])?(?: \(?([^\s)]+))?/.exec(line) ?? [];
    if (word === undefined) return [];
    if (word === "Inst" || word === "Upgr")
      return [{ name, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
    return [{ name, from: from ?? to ?? "" }];
  });
  return { ...(manager !== "" && { manager: manager as PackageManager }), pending };
}
