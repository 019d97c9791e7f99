import type { HostPort } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import { isAccount } from "../file/attributes.ts";
import type { DesiredFile } from "../file/desired-file.ts";
import { file } from "../file/file.ts";
import type { FileState } from "../file/file-state.ts";
import { parseFiles } from "../file/parse-files.ts";
import { pathWord, readFilesScript } from "../file/read-files.ts";
import { readLocalEntries } from "./local-entries.ts";
import type { TreeComparison, TreeVia } from "./tree.ts";
import { whyDifferent } from "./tree-difference.ts";
import type { TreeEntry } from "./tree-entry.ts";

/** One script is given so many paths: a host's command line has an end. */
const IN_ONE_SCRIPT = 1000;

/** Compares a folder of ours, or another of the host's, with one of the host's, asking about exactly what it has. */
export async function askAboutTree(top: string, via: TreeVia, host: HostPort): Promise<TreeComparison> {
  const entries = await entriesOf(via, host);
  const wanted = new Map(entries.map((entry) => [`${top}/${entry.path}`, desiredOf(entry, via)]));
  const all = new Map<string, DesiredFile>([[top, { type: "directory", ...via.directory }], ...wanted]);
  const there = await statesOf([...all.keys()], host);
  const differing = [...all].flatMap(([path, desired]) => {
    const state = there.get(path) ?? { type: "absent" };
    if (isLetBe(path === top, state, desired, via)) return [];
    const [change] = file.ensure({ kind: file.name, key: path, state }, desired);
    return change ? [{ path, why: whyDifferent(state, desired), there: state, desired }] : [];
  });
  const travelsWhole = isOurs(via) && entries.every((entry) => isPlain(entry, there.get(`${top}/${entry.path}`), via));
  return { differing, travelsWhole };
}

function entriesOf({ from, follow }: TreeVia, host: HostPort): Promise<readonly TreeEntry[]> {
  return typeof from === "string" ? readLocalEntries(from, follow) : readHostEntries(from.hostFolder, host);
}

function isOurs({ from, keepsOld, backup }: TreeVia): boolean {
  return typeof from === "string" && !keepsOld && !backup;
}

/** Whether sending the tree as one comes to the same: it gives everything in it its modes and owners, and takes links as links. */
function isPlain(entry: TreeEntry, there: FileState | undefined, via: TreeVia): boolean {
  if (entry.isFollowed) return false;
  if (there === undefined || there.type === "absent" || entry.sort === "link" || there.type !== entry.sort) return true;
  const mode =
    entry.sort === "directory"
      ? (via.directory.mode ?? "0755")
      : via.keepsModes
        ? entry.mode
        : (via.file.mode ?? "0644");
  return there.mode === mode && isAccount({ name: there.owner, id: there.uid }, via.file.owner);
}

/** Folders that are there stay as they are; so does the top, whatever leads to it. */
function isLetBe(isTop: boolean, { type }: FileState, desired: DesiredFile, { keepsOld }: TreeVia): boolean {
  if (type === "absent") return false;
  return isTop || keepsOld || (type === "directory" && desired.type === "directory");
}

function desiredOf(entry: TreeEntry, via: TreeVia): DesiredFile {
  const { owner, group } = via.file;
  if (entry.sort === "link") return { type: "link", target: entry.target, owner, group, replaces: true };
  if (entry.sort === "directory") {
    return { type: "directory", ...via.directory, ...(typeof via.from !== "string" && { mode: entry.mode }) };
  }
  const mode = via.keepsModes ? { mode: entry.mode } : {};
  return { content: entry.file, ...via.file, ...mode, ...(via.backup && { backup: true }) };
}

/** Everything in another folder of the host, links as links; nothing where it is none. */
async function readHostEntries(folder: string, host: HostPort): Promise<readonly TreeEntry[]> {
  const list = `cd -- ${pathWord(folder)} 2>/dev/null || exit 0; find . -mindepth 1 -print0`;
  const [answer] = await host.exchange([{ script: list }]);
  if (answer?.code !== 0) throw unanswered(answer?.stderr);
  const paths = Buffer.from(answer.stdout)
    .toString()
    .split("\0")
    .filter(Boolean)
    .map((path) => path.slice(2))
    .sort();
  const states = await statesOf(
    paths.map((path) => `${folder}/${path}`),
    host,
  );
  return paths.flatMap((path) => entryOf(path, `${folder}/${path}`, states.get(`${folder}/${path}`)));
}

function entryOf(path: string, full: string, state: FileState | undefined): TreeEntry[] {
  if (state === undefined || state.type === "absent") return [];
  const { mode = "0644", sha256, size, target = "" } = state;
  if (state.type === "directory") return [{ path, mode, sort: "directory" }];
  if (state.type === "link") return [{ path, mode, sort: "link", target }];
  if (sha256 !== undefined) return [{ path, mode, sort: "file", file: { hostFile: full, sha256, size } }];
  throw new StepError({
    code: "tree/special",
    message: `${full} is neither a file, a folder nor a link, or cannot be read`,
  });
}

async function statesOf(paths: readonly string[], host: HostPort): Promise<ReadonlyMap<string, FileState>> {
  const groups = Array.from({ length: Math.ceil(paths.length / IN_ONE_SCRIPT) }, (_, at) =>
    paths.slice(at * IN_ONE_SCRIPT, (at + 1) * IN_ONE_SCRIPT),
  );
  const answers = await host.exchange(groups.map((group) => ({ script: readFilesScript(group, "sums") })));
  const states = new Map<string, FileState>();
  for (const [index, group] of groups.entries()) {
    const answer = answers[index];
    if (answer?.code !== 0) throw unanswered(answer?.stderr);
    for (const [path, state] of parseFiles(answer.stdout, group, "sums")) states.set(path, state);
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
