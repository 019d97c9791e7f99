import type { Observed } from "@evenkeel/core";
import { defineModule, isUnsettled } from "@evenkeel/core";
import type { PackageState } from "@evenkeel/kinds";
import { ensurePackages, parsePackageSpec, softwarePackage } from "@evenkeel/kinds";
import { Type } from "typebox";
import { commandResult, dnfResult, dnfReturns } from "./command-result.ts";

const states = ["present", "installed", "absent", "removed", "latest"] as const;

/** Packages, whatever the host's package manager is. */
export const packageModule = defineModule({
  name: "package",
  summary: "Packages of the host's distribution.",
  params: Type.Object(
    {
      name: Type.Array(Type.String(), { description: "one package, or several", aliases: ["pkg"], split: true }),
      state: Type.Enum([...states], {
        type: "string",
        default: "present",
        description: "whether they are to be there",
      }),
      use: Type.Enum(["auto", "apt", "dnf", "dnf4", "dnf5", "yum", "apk"], {
        type: "string",
        default: "auto",
        description: "the package manager; the host's own is found anyway",
      }),
    },
    { additionalProperties: false },
  ),
  observe: ({ name, state }) => ({
    wanted: name.map((each) => {
      const { name: key, wish } = parsePackageSpec(each);
      const isLatest = state === "latest";
      return softwarePackage(
        key,
        isLatest || wish ? { ...(isLatest && { asksLists: true }), ...(wish && { wish }) } : undefined,
      );
    }),
  }),
  plan: ({ wanted }, { name, state }) =>
    ensurePackages(
      wanted.map((actual, index) => {
        const { wish } = parsePackageSpec(name[index] ?? "");
        return { actual, desired: { state: desiredStates[state], ...(wish && { wish }) } };
      }),
    ),
  result: (made) => (made.after.wanted.some(isDnfs) ? dnfResult(made) : commandResult(made)),
  returns: dnfReturns,
});

function isDnfs({ state }: Observed<PackageState>): boolean {
  return !isUnsettled(state) && state.manager === "dnf";
}

const desiredStates = {
  present: "installed",
  installed: "installed",
  absent: "absent",
  removed: "absent",
  latest: "latest",
} as const;
