import type { Change, Observed, Step } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import { expandedWord } from "../command/expanded-word.ts";
import type { GitDesire } from "./git-desire.ts";
import { backScript, changeScript } from "./git-scripts.ts";
import type { GitState } from "./git-state.ts";

/** From one commit to another: to exactly the one that was planned. */
export function changeCheckout(actual: Observed<GitState>, desire: GitDesire, after: GitState): Change<GitState> {
  const { kind, key, via, state } = actual;
  const offer = isUnsettled(state) ? undefined : state.offer;
  const { branch: _, ...found } = offer ?? {};
  return {
    kind,
    key,
    ...(via !== undefined && { via }),
    action: "ensure",
    before: state,
    after,
    steps: [gitStep(key, changeScript(key, { ...desire, ...found }, "change"))],
    undo: undo(key, state, desire),
    interrupts: "nothing",
  };
}

/** A look at the signature of what is checked out. */
export function verifyCheckout(actual: Observed<GitState>, desire: GitDesire): Change<GitState> {
  const { kind, key, via, state } = actual;
  return {
    kind,
    key,
    ...(via !== undefined && { via }),
    action: "check",
    before: state,
    after: isUnsettled(state) ? { state: "checkout" } : state,
    steps: [gitStep(key, changeScript(key, desire, "verify"))],
    undo: [],
    interrupts: "nothing",
  };
}

/** The files of a version, packed. */
export function archiveStep(folder: string, desire: GitDesire): Step {
  return gitStep(folder, changeScript(folder, desire, "archive"));
}

function gitStep(folder: string, script: string): Step {
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-git", folder] };
}

function undo(folder: string, state: Observed<GitState>["state"], { source, separateFolder }: GitDesire): Step[] {
  if (isUnsettled(state)) return [];
  if (state.state === "checkout") {
    return state.commit === undefined ? [] : [gitStep(folder, backScript(folder, source, state))];
  }
  const own = separateFolder === undefined ? "" : ` && rm -rf -- ${expandedWord(separateFolder)}`;
  const place = expandedWord(folder);
  const empties = `find ${place} -mindepth 1 -delete`;
  return [gitStep(folder, `${state.isEmptyFolder ? empties : `rm -rf -- ${place}`}${own}\n`)];
}
