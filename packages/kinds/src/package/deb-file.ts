import type { Change, Observed } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, readWords, StepError } from "@evenkeel/core";
import type { PackageOptions } from "./desired-package.ts";
import { finishPackages } from "./finish-packages.ts";
import { managerStep } from "./package-step.ts";

/** A .deb on the host or behind a URL: what is in it, and what of that is installed. */
export type DebFileState =
  | { readonly state: "unreadable"; readonly because: string }
  | { readonly state: "readable"; readonly name: string; readonly version: string; readonly installed?: string };

/** A .deb by its path on the host, or its URL. */
export const debFile = defineKind<DebFileState, PackageOptions>({
  name: "deb",
  read: (keys) => `set -- ${quoteAll(keys)}\n${readWords(new URL("./read-debs.sh", import.meta.url))}`,
  parse(output, keys) {
    const lines = Buffer.from(output).toString().split("\n");
    return new Map(keys.map((key, index) => [key, stateOf(lines[index] ?? "")]));
  },
  ensure(actual, options) {
    const { state } = actual;
    if (!isUnsettled(state) && state.state === "readable" && state.installed === state.version) return [];
    if (!isUnsettled(state) && state.state === "unreadable") {
      throw new StepError({
        code: "package/deb",
        message: `${actual.key} cannot be read as a package`,
        detail: state.because,
        hint: "a path on the host, or an http(s) URL that the host can fetch with curl or wget",
      });
    }
    return [install(actual, options)];
  },
  isAsPlanned: (actual, after) =>
    actual.state === "readable" &&
    actual.installed === actual.version &&
    (after.state !== "readable" || after.name === "" || after.name === actual.name),
  isAbsent: ({ state }) => state === "unreadable",
  unsettles: ({ key }) => [
    ...["file", "unit", "user", "group"].map((kind) => ({ kind, ifAbsent: true, because: `${key} may bring it` })),
    { kind: "package", isDoubt: true, because: `${key} may bring it` },
  ],
  finish: finishPackages,
  describe: (state) =>
    state.state === "unreadable"
      ? { state: "unreadable" }
      : { package: state.name, version: state.version, installed: state.installed ?? "no" },
});

function install({ kind, key, state: before }: Observed<DebFileState>, options: PackageOptions): Change<DebFileState> {
  const known = !isUnsettled(before) && before.state === "readable" ? before : undefined;
  const { name = "", version = "" } = known ?? {};
  const undo = known && known.installed === undefined ? [managerStep("apt", "remove", [name])] : [];
  const after = { state: "readable", name, version, installed: version } as const;
  const step = managerStep("apt", "install", [key], options);
  const [shell = "sh", flag = "-c", script = "", ...words] = step.argv;
  // A URL is fetched to a folder of its own first; apt would take it for a package's name.
  const argv = [shell, flag, `${readWords(new URL("./fetch-debs.sh", import.meta.url))}${script}`, ...words];
  const interrupts = known?.installed === undefined ? "nothing" : "restart";
  return { kind, key, action: "ensure", before, after, steps: [{ ...step, argv }], undo, interrupts };
}

function stateOf(line: string): DebFileState {
  const [name = "", version = "", installed = "", because = "it is not there"] = line.split("\t");
  if (name === "" || version === "") return { state: "unreadable", because };
  return { state: "readable", name, version, ...(installed !== "" && { installed }) };
}
