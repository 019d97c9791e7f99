import type { Change, StepOutput } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { PackageListsState } from "@evenkeel/kinds";
import { Type } from "typebox";
import { wholeLines } from "../files/text/whole-lines.ts";

export const aptReturns = Type.Object({
  stdout: Type.Optional(Type.String({ description: "what apt printed" })),
  stdout_lines: Type.Optional(Type.Array(Type.String(), { description: "the same, in lines" })),
  stderr: Type.Optional(Type.String({ description: "what apt complained about" })),
  stderr_lines: Type.Optional(Type.Array(Type.String(), { description: "the same, in lines" })),
  msg: Type.Optional(Type.String({ description: "what apt printed, for upgrades" })),
  cache_updated: Type.Boolean({ description: "whether lists were fetched" }),
  cache_update_time: Type.Integer({ description: "when they were fetched last, in seconds since 1970" }),
});

interface Made {
  readonly before: {
    readonly lists: readonly { readonly state: PackageListsState | { readonly unsettled: string } }[];
  };
  readonly after: Made["before"];
  readonly changes: readonly Change[];
  readonly outputs: readonly StepOutput[];
}

/** Ansible's fields; lists that were fetched, and packages that are only marked, are no change to packages. */
export function aptResult({ before, after, changes, outputs }: Made) {
  const packages = changes.filter(({ kind }) => kind !== "package-lists");
  const hasUpdated = packages.length < changes.length;
  const said = outputs.slice(hasUpdated ? 1 : 0);
  const stdout = said.map((output) => output.stdout).join("");
  const stderr = said.map((output) => output.stderr).join("");
  const isUpgrade = packages.some(({ kind, key }) => kind === "packages" && key.includes("upgrade"));
  return {
    ...(outputs.length > 0 && {
      ...{
        stdout,
        stderr,
        stdout_lines: wholeLines(stdout),
        stderr_lines: wholeLines(stderr),
        ...(isUpgrade && { msg: stdout }),
      },
      changed:
        packages.length === 0 ? updatedAt(before) !== updatedAt(after) : packages.some(isSeen) && !didNothing(said),
    }),
    cache_updated: hasUpdated && updatedAt(before) !== updatedAt(after),
    cache_update_time: updatedAt(after),
  };
}

/** A package that came as a dependency and is now wanted: Ansible marks it, and says nothing of it. */
function isSeen({ after }: Change): boolean {
  return (after as { readonly isAutomatic?: boolean }).isAutomatic !== false;
}

function didNothing(outputs: readonly StepOutput[]): boolean {
  return (
    outputs.length > 0 && outputs.every(({ stdout }) => /^0 upgraded, 0 newly installed, 0 to remove/m.test(stdout))
  );
}

function updatedAt({ lists: [lists] }: Made["before"]): number {
  return lists === undefined || isUnsettled(lists.state) ? 0 : (lists.state.updatedAt ?? 0);
}
