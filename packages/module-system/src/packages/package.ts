import type { Answers, Observed } from "@evenkeel/core";
import { defineModule, isUnsettled } from "@evenkeel/core";
import type { PackageManager } from "@evenkeel/kinds";
import { packageLists } from "@evenkeel/kinds";
import { Type } from "typebox";
import { apk } from "./apk.ts";
import { apt } from "./apt.ts";
import { commandResult, dnfResult, dnfReturns } from "./command-result.ts";
import { dnf } from "./dnf.ts";
import { paramsFor, passedOn } from "./package-params.ts";

const states = ["present", "installed", "absent", "removed", "latest"] as const;

/** Packages, whatever the host's package manager is: what is asked for is handed on to that manager's own module. */
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
      ...passedOn,
    },
    { additionalProperties: false },
  ),
  // A host's manager is known by its answers: it is asked what apt's module would ask, and for the others' lists besides.
  observe(params) {
    const asked = apt.observe(paramsFor("apt", params, { isStrict: false }));
    return { ...asked, lists: asked.lists.flatMap(() => ["apt", "dnf", "apk"].map((each) => packageLists(each))) };
  },
  plan(answers, params) {
    const manager = managerOf(answers);
    const own = { ...answers, lists: answers.lists.filter(({ key }) => key === manager) };
    if (manager === "dnf") return dnf.plan(own, paramsFor("dnf", params));
    if (manager === "apk") return apk.plan(own, paramsFor("apk", params));
    return apt.plan(own, paramsFor("apt", params));
  },
  result: (made) => (managerOf(made.after) === "dnf" ? dnfResult(made) : commandResult(made)),
  returns: dnfReturns,
});

type Asked = Pick<Answers<ReturnType<typeof apt.observe>>, "wanted" | "runs">;

function managerOf({ wanted, runs }: Asked): PackageManager {
  const states: readonly Observed<{ readonly manager?: PackageManager }>["state"][] = [...wanted, ...runs].map(
    ({ state }) => state,
  );
  return states.map((state) => (isUnsettled(state) ? undefined : state.manager)).find(Boolean) ?? "apt";
}
