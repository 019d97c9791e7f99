import { defineModule, isUnsettled, StepError } from "@evenkeel/core";
import { packageList } from "@evenkeel/kinds";
import { Type } from "typebox";

export const packageFacts = defineModule({
  name: "package_facts",
  summary: "All packages that are installed, as facts.",
  params: Type.Object(
    {
      manager: Type.Array(
        Type.Enum(["auto", "apt", "rpm", "dnf", "dnf5", "yum", "zypper", "apk"], { type: "string" }),
        {
          default: ["auto"],
          description: "the host's own package manager is found anyway",
          split: true,
        },
      ),
      strategy: Type.Enum(["first", "all"], { type: "string", default: "first", description: "a host has one" }),
    },
    { additionalProperties: false },
  ),
  observe: () => ({ list: packageList("all") }),
  plan({ list: { state } }, { manager }) {
    if (isUnsettled(state) || state.manager !== undefined) return [];
    throw new StepError({
      code: "package-facts/no-manager",
      message: `Could not detect a supported package manager from the following list: ${manager.join(", ")}`,
      hint: "apt, dnf and apk are known",
    });
  },
  remembers: "facts",
  result: ({ before: { list } }) => ({
    ansible_facts: { packages: isUnsettled(list.state) ? {} : list.state.packages },
  }),
  returns: Type.Object({
    ansible_facts: Type.Object(
      { packages: Type.Record(Type.String(), Type.Unknown()) },
      { description: "`packages`: versions by name" },
    ),
  }),
});
