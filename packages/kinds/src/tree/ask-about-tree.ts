import type { HostPort } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { DesiredFile } from "../file/desired-file.ts";
import { file } from "../file/file.ts";
import type { FileState } from "../file/file-state.ts";
import type { LocalEntry } from "./local-entries.ts";
import { readLocalEntries } from "./local-entries.ts";
import type { TreeState, TreeVia } from "./tree.ts";
import { whyDifferent } from "./tree-difference.ts";

/** One script is given so many paths: a host's command line has an end. */
const IN_ONE_SCRIPT = 4000;

/** Compares a folder of ours with one of a host, asking the host about exactly what ours has. */
export async function askAboutTree(top: string, via: TreeVia, host: HostPort): Promise<TreeState> {
  const entries = await readLocalEntries(via.from, via.follow);
  const wanted = new Map(entries.map((entry) => [`${top}/${entry.path}`, desiredOf(entry, via)]));
  const all = new Map<string, DesiredFile>([[top, { type: "directory", ...via.directory }], ...wanted]);
  const there = await statesOf([...all.keys()], host);
  const differing = [...all].flatMap(([path, desired]) => {
    const state = there.get(path) ?? { type: "absent" };
    if (isLetBe(path === top, state, desired, via)) return [];
    const [change] = file.ensure({ kind: file.name, key: path, state }, desired);
    return change ? [{ path, why: whyDifferent(state, desired), there: state, desired }] : [];
  });
  return { differing, hasFollowed: entries.some(({ isFollowed }) => isFollowed) };
}

/** Folders that are there stay as they are; so does the top, whatever leads to it. */
function isLetBe(isTop: boolean, { type }: FileState, desired: DesiredFile, { keepsOld }: TreeVia): boolean {
  if (type === "absent") return false;
  return isTop || keepsOld || (type === "directory" && desired.type === "directory");
}

function desiredOf(entry: LocalEntry, via: TreeVia): DesiredFile {
  const { owner, group } = via.file;
  if (entry.sort === "link") return { type: "link", target: entry.target, owner, group, replaces: true };
  if (entry.sort === "directory") return { type: "directory", ...via.directory };
  const mode = via.keepsModes ? { mode: entry.mode } : {};
  return { content: entry.file, ...via.file, ...mode, ...(via.backup && { backup: true }) };
}

async function statesOf(paths: readonly string[], host: HostPort): Promise<ReadonlyMap<string, FileState>> {
  const groups = Array.from({ length: Math.ceil(paths.length / IN_ONE_SCRIPT) }, (_, at) =>
    paths.slice(at * IN_ONE_SCRIPT, (at + 1) * IN_ONE_SCRIPT),
  );
  const answers = await host.exchange(groups.map((group) => ({ script: file.read(group, "sums") })));
  const states = new Map<string, FileState>();
  for (const [index, group] of groups.entries()) {
    const answer = answers[index];
    if (answer?.code !== 0) throw unanswered(answer?.stderr);
    for (const [path, state] of file.parse(answer.stdout, group, "sums")) states.set(path, state);
  }
  return states;
}

function unanswered(stderr: Uint8Array | undefined): StepError {
  return new StepError({
    code: "tree/unanswered",
    message: "the host could not be asked about a folder",
    detail: Buffer.from(stderr ?? [])
      .toString()
      .trim(),
  });
}
