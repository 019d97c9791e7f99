import { posix } from "node:path";
import type { Observed, Secret, Unsettled } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import { file, foldersOf } from "./file.ts";
import type { FileState } from "./file-state.ts";
import { followedFile, longFile } from "./other-views.ts";

/** What a path must be asked about so that all below can be said of it. */
export function lookAt(path: string) {
  return {
    current: file(path),
    followed: followedFile(path),
    folders: foldersOf(path).map((each) => file(each)),
  };
}

/** The same for what is edited: a long text, too. */
export function lookInto(path: string) {
  return { ...lookAt(path), long: longFile(path) };
}

export interface Looked {
  readonly current: Observed<FileState>;
  readonly followed: Observed<FileState>;
  /** From the nearest to the topmost. */
  readonly folders: readonly Observed<FileState>[];
}

/** A path as it is, given what is planned for the folders that it is in. */
export function itself({ current, folders }: Pick<Looked, "current" | "folders">): Observed<FileState> {
  const isGone = folders.some(({ state }) => !isUnsettled(state) && state.type === "absent");
  return isGone ? { ...current, state: { type: "absent", ...makerIn(current.state) } } : current;
}

function makerIn(state: FileState | Unsettled) {
  if (isUnsettled(state) || state.type !== "absent") return {};
  const { owner, uid, group, gid, path } = state;
  return { owner, uid, group, gid, ...(path !== undefined && { path }) };
}

/** What a path leads to in the end: itself, where it is no link. A link that leads nowhere is left as it is. */
export function followed(looked: Looked): Observed<FileState> {
  const own = itself(looked);
  if (isUnsettled(own.state) || own.state.type !== "link") return own;
  const { state } = looked.followed;
  // A link that is only planned: what it leads to was not asked about, but it says where that is.
  if (isUnsettled(state)) return { ...own, key: placeOf(own.key, own.state.target), state };
  if (state.type === "absent" || state.path === undefined) return own;
  const { path, ...there } = state;
  return { kind: own.kind, key: path, state: there };
}

function placeOf(link: string, target: string | undefined): string {
  return target === undefined || !link.startsWith("/") ? link : posix.resolve(posix.dirname(link), target);
}

/** The folders that are missing on the way to a path, the topmost first. What cannot be known yet is taken for there. */
export function missingFolders({ folders }: Pick<Looked, "folders">): readonly Observed<FileState>[] {
  const states = folders.map(({ state }) => state);
  const topmost = states.findLastIndex((state) => !isUnsettled(state) && state.type === "absent");
  return folders.slice(0, topmost + 1).toReversed();
}

/** The text of a file, as known or planned; nothing where it has none that can be edited. */
export function textIn(own: Observed<FileState>, long: Observed<FileState>): string | Secret | Unsettled | undefined {
  const { state } = own;
  if (isUnsettled(state)) return state;
  if (state.type !== "file") return undefined;
  if (state.text !== undefined) return state.text;
  if (isUnsettled(long.state)) return long.state;
  return long.state.type === "file" && long.state.sha256 === state.sha256 ? long.state.text : undefined;
}
