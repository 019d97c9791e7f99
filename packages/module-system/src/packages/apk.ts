import { defineModule } from "@evenkeel/core";
import type { PackageOptions } from "@evenkeel/kinds";
import { ensurePackages, packageLists, packages, parsePackageSpec, softwarePackage } from "@evenkeel/kinds";
import { Type } from "typebox";
import { commandResult, commandReturns } from "./command-result.ts";
import { demandOneOf } from "./demand-one-of.ts";

const states = {
  present: "installed",
  installed: "installed",
  latest: "latest",
  absent: "absent",
  removed: "absent",
} as const;

export const apk = defineModule({
  name: "apk",
  summary: "Packages of Alpine Linux.",
  params: Type.Object(
    {
      name: Type.Optional(
        Type.Array(Type.String(), {
          description: "packages, with versions such as `nginx=1.24.0-r15` if need be",
          split: true,
        }),
      ),
      state: Type.Enum(["present", "installed", "latest", "absent", "removed"], {
        type: "string",
        default: "present",
        description: "what they are to be",
      }),
      available: Type.Boolean({
        default: false,
        description: "with upgrade: take what repositories have, even if it is older",
      }),
      no_cache: Type.Boolean({ default: false, description: "leave nothing behind that was fetched" }),
      repository: Type.Optional(Type.Array(Type.String(), { description: "repositories for this run", split: true })),
      update_cache: Type.Boolean({ default: false, description: "fetch newer indexes first" }),
      upgrade: Type.Boolean({ default: false, description: "upgrade all packages" }),
      world: Type.String({
        default: "/etc/apk/world",
        description: "where apk keeps what is wanted; only its usual place",
      }),
    },
    { additionalProperties: false },
  ),
  observe(params) {
    demandOneOf("apk", params, ["name", "update_cache", "upgrade"]);
    return {
      lists: params.update_cache ? [packageLists("apk")] : [],
      wanted: (params.name ?? []).map((name) => softwarePackage(parsePackageSpec(name).name)),
      runs: params.upgrade ? [packages("upgrade")] : [],
    };
  },
  plan({ lists, wanted, runs }, { name = [], state, repository = [], no_cache, available }) {
    const words = [...repository.flatMap((each) => ["--repository", each]), ...(no_cache ? ["--no-cache"] : [])];
    const options: PackageOptions = { words };
    return [
      ...lists.flatMap((each) => packageLists.ensure(each, { validSeconds: 0, options })),
      ...ensurePackages(
        wanted.map((actual, index) => {
          const { wish } = parsePackageSpec(name[index] ?? "");
          return { actual, desired: { state: states[state], ...(wish && { wish }) } };
        }),
        options,
      ),
      ...runs.flatMap((run) => packages.ensure(run, { words: [...words, ...(available ? ["--available"] : [])] })),
    ];
  },
  result: commandResult,
  returns: commandReturns,
});
