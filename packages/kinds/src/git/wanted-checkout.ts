import type { Observed } from "@evenkeel/core";
import { isUnsettled, StepError } from "@evenkeel/core";
import type { GitDesire } from "./git-desire.ts";
import type { GitOffer, GitState } from "./git-state.ts";

/** A checkout as it will be; nothing where it is to stay as it is, or not to be. */
export function wantedCheckout(actual: Observed<GitState>, desire: GitDesire): GitState | undefined {
  const { state, key, doubt } = actual;
  if (isUnsettled(state)) return wanted(desire, undefined);
  if (state.state === "other") throw inTheWay(key);
  if (state.state === "missing" && !desire.clones) return undefined;
  if (state.state === "checkout" && !desire.source.updates) return undefined;
  if (state.isModified && !desire.isForced) throw modified(key);
  if (state.problem !== undefined && doubt === undefined) throw unanswered(key, desire, state.problem);
  const offer = state.offer ?? abbreviated(state, desire);
  if (offer === undefined && !state.isToolMissing && state.problem === undefined) demandVersion(key, desire);
  return wanted(desire, offer);
}

function wanted({ source, separateFolder }: GitDesire, offer: GitOffer | undefined): GitState {
  return {
    state: "checkout",
    url: source.repo,
    ...(offer && { commit: offer.commit }),
    ...(!source.isBare && offer?.branch !== undefined && { branch: offer.branch }),
    ...(!source.isBare && { isModified: false }),
    ...(source.isBare ? { hasStaleRefs: false } : { hasStaleSubmodules: false }),
    ...(separateFolder !== undefined && { folder: separateFolder }),
  };
}

/** A few digits of the commit that is checked out. */
function abbreviated({ commit }: GitState, { source }: GitDesire): GitOffer | undefined {
  return /^[0-9a-f]{4,}$/.test(source.version) && commit?.startsWith(source.version)
    ? { commit, sort: "commit" }
    : undefined;
}

/** A commit may be in a repository without any name; a repository may be empty. */
function demandVersion(folder: string, { source }: GitDesire): void {
  const { version, repo, refspec } = source;
  if (version === "HEAD" || refspec !== undefined || /^[0-9a-f]{4,}$/.test(version)) return;
  throw new StepError({
    code: "git/version",
    message: `${shown(repo)} has no branch, tag or commit ${JSON.stringify(version)} for ${folder}`,
    hint: "look with: git ls-remote",
  });
}

function unanswered(folder: string, { source }: GitDesire, problem: string): StepError {
  return new StepError({
    code: "git/unanswered",
    message: `nothing is known of ${shown(source.repo)} and its checkout ${folder}`,
    detail: problem,
    hint: /dubious ownership/.test(problem)
      ? "the checkout is somebody else's: become its owner for this task"
      : /host key/i.test(problem)
        ? "let an earlier task put the server's key into known_hosts, or say accept_newhostkey: true"
        : "can the user of this task reach it from the host, with its own keys?",
  });
}

function modified(folder: string): StepError {
  return new StepError({
    code: "git/modified",
    message: `Local modifications exist in the destination: ${folder} (force=no).`,
    hint: "look with: git status; `force: true` throws them away",
  });
}

function inTheWay(folder: string): StepError {
  return new StepError({
    code: "git/in-the-way",
    message: `${folder} is there, is not empty, and is no checkout`,
    hint: "remove it first, with a task of its own",
  });
}

/** Without what a URL may hold of a password. */
function shown(repo: string): string {
  return repo.replace(/^(\w+:\/\/)[^/@]*@/, "$1");
}
