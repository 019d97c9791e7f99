import type { Change, Observed } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { GitState } from "@evenkeel/kinds";
import { Type } from "typebox";

export const gitReturns = Type.Object({
  before: Type.Union([Type.String(), Type.Null()], { description: "the commit that was checked out before" }),
  after: Type.Union([Type.String(), Type.Null()], { description: "the commit that is checked out now" }),
  remote_url_changed: Type.Optional(Type.Boolean({ description: "whether it was a checkout of another repository" })),
  submodules_changed: Type.Optional(Type.Boolean({ description: "whether submodules were brought up to date" })),
  git_dir_before: Type.Optional(Type.String({ description: "where the repository was, if it has moved" })),
  git_dir_now: Type.Optional(Type.String({ description: "where it is now" })),
  msg: Type.Optional(Type.String({ description: "what was thrown away" })),
});

interface Wanted {
  readonly dest?: string;
  readonly clone: boolean;
  readonly update: boolean;
  readonly force: boolean;
}

/** Somebody has changed files in it, which is no mistake of the playbook's, and is left to them. */
export function isModified(current: Observed<GitState>, { update, force }: Wanted): boolean {
  return update && !force && known(current).isModified === true;
}

/** Ansible's fields. Where nothing is to be cloned, `after` is what the repository has. */
export function gitResult(
  before: Observed<GitState>,
  after: Observed<GitState>,
  changes: readonly Change[],
  wanted: Wanted,
): Readonly<Record<string, unknown>> {
  const { dest, clone, update } = wanted;
  const [was, is] = [known(before), known(after)];
  const said = `Local modifications exist in the destination: ${dest}`;
  if (isModified(before, wanted)) return { failed: true, before: was.commit ?? null, msg: `${said} (force=no).` };
  if (was.state !== "checkout" && !clone) return { changed: true, before: null, after: was.offer?.commit ?? null };
  const isChanged = changes.some(({ kind }) => kind === before.kind);
  return {
    before: was.commit ?? null,
    after: is.commit ?? null,
    ...(was.state === "checkout" && update && { remote_url_changed: isChanged && was.url !== is.url }),
    ...(isChanged && was.hasStaleSubmodules && { submodules_changed: true }),
    ...(isChanged && was.isModified && { msg: said }),
    ...(isChanged && was.folder !== undefined && was.folder !== is.folder && moved(was, is)),
  };
}

function known({ state }: Observed<GitState>): GitState {
  return isUnsettled(state) ? { state: "missing" } : state;
}

function moved({ folder: from }: GitState, { folder: to }: GitState): Readonly<Record<string, unknown>> {
  return { git_dir_before: from, git_dir_now: to };
}
