import type { Change, Unsettling } from "@evenkeel/core";
import { defineKind, isUnsettled } from "@evenkeel/core";
import { changeCheckout } from "./change-checkout.ts";
import type { GitDesire } from "./git-desire.ts";
import { readScript } from "./git-scripts.ts";
import type { GitSource } from "./git-source.ts";
import type { GitState } from "./git-state.ts";
import { parseGit } from "./parse-git.ts";
import { wantedCheckout } from "./wanted-checkout.ts";

/** A folder with a checkout of a repository; asked about together with what the repository has (`via` is a GitSource). */
export const git = defineKind<GitState, GitDesire>({
  name: "git",
  read: (folders, via) => readScript(folders, via as GitSource),
  parse: (output, folders, via) => parseGit(output, folders, via as GitSource),
  ensure(actual, desire) {
    const after = wantedCheckout(actual, desire);
    if (after === undefined || (!isUnsettled(actual.state) && isAsPlanned(actual.state, after))) return [];
    return [changeCheckout(actual, desire, after)];
  },
  isAsPlanned,
  isAbsent: ({ state }) => state === "missing",
  // git itself, keys, known hosts, whoever it is asked as, and a repository on the host.
  dependsOn: ["package", "file", "tree", "unpacked", "command", "unit", "user", "mount"],
  unsettles,
  describe({ state, commit, branch, url, isModified, folder }) {
    if (state !== "checkout") return { state: state === "missing" ? "absent" : "no checkout" };
    return {
      state,
      commit: commit ?? "known after apply",
      ...(branch && { branch }),
      ...(url && { repository: url }),
      ...(isModified !== undefined && { modified: isModified ? "yes" : "no" }),
      ...(folder && { folder }),
    };
  },
});

/** What was left open may be as it likes. */
function isAsPlanned(actual: GitState, after: GitState): boolean {
  const open = ["commit", "branch", "url", "folder"] as const;
  const flags = ["isModified", "hasStaleSubmodules", "hasStaleRefs"] as const;
  return (
    actual.state === after.state &&
    open.every((name) => after[name] === undefined || actual[name] === after[name]) &&
    flags.every((name) => after[name] === undefined || (actual[name] ?? false) === after[name])
  );
}

/** What lies in the folder; which files that are, only the repository knows. */
function unsettles({ key }: Change<GitState>): readonly Unsettling[] {
  const because = `the checkout in ${key} may bring or change it`;
  const kinds = ["file", "file-times", "stat", "file-bytes", "tree", "find", "fragments", "unpacked"];
  return kinds.flatMap((kind) => [
    { kind, key, because },
    { kind, under: key, because },
  ]);
}
