import type { Change, Observed } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { GitSource, GitState } from "@evenkeel/kinds";
import { git } from "@evenkeel/kinds";
import { placeOf } from "../place.ts";
import type { DeployParams } from "./deploy-params.ts";

/** The host's own copy of the repository; releases are taken out of it. */
export function repositoryOf(name: string): string {
  return `${placeOf(name).root}/repository`;
}

/** What is asked about the repository. Nobody is there to be asked, so ssh must not ask. */
export function checkoutQuery({ name, git: repo, version }: DeployParams) {
  if (repo === undefined) return [];
  return [git(repositoryOf(name), sourceOf(repo, version))];
}

function sourceOf(repo: string, version: string): GitSource {
  return {
    // As a path, a repository could not be cloned in part.
    repo: repo.startsWith("/") ? `file://${repo}` : repo,
    ...{ version, remote: "origin", isBare: false, updates: true, submodules: "none", tool: "git" },
    sshOptions: "-o BatchMode=yes",
  };
}

/** The commit that the version stands for, if it can be known, and what it takes to have it on the host. */
export function planCheckout(
  checkout: Observed<GitState>,
  { git: repo = "", version }: DeployParams,
): { readonly commit?: string; readonly changes: readonly Change[] } {
  const source = sourceOf(repo, version);
  const changes = git.ensure(checkout, { source, clones: true, isForced: true, isSingleBranch: false });
  const after = changes[0]?.after ?? checkout.state;
  const commit = isUnsettled(after) ? undefined : after.commit;
  return { changes, ...(commit !== undefined && { commit }) };
}
