import { quote, readWords, StepError } from "@evenkeel/core";
import { guardRefusal } from "../guard-refusal.ts";
import type { Shell } from "../shell/shell.ts";
import type { TreeEntry } from "./local-tree.ts";
import { readLocalTree } from "./local-tree.ts";
import { FILES_SILENT_MS, putWords } from "./put-file.ts";
import { inPieces, tarStream } from "./tar-stream.ts";
import type { TreeDifference } from "./tree-difference.ts";
import { compareTrees } from "./tree-difference.ts";
import type { TreeOwner } from "./tree-manifest.ts";
import { digestOf, manifestOf, parseManifest, statFormat } from "./tree-manifest.ts";

/** A folder as it is to be on a host. */
export interface PutTree extends TreeOwner {
  /** Absolute. */
  readonly path: string;
  /** A folder of this machine. */
  readonly from: string;
  /** Octal; left out: as here. */
  readonly fileMode?: string;
  readonly directoryMode?: string;
  /** Remove what is there and not here. */
  readonly prune?: boolean;
  /**
   * A piece of sh that is run when everything has arrived, directly before the first of it is put in place; not when there
   * is nothing to do. When it fails, nothing is done, and the error `transport/guard` has what it said on stderr.
   */
  readonly guard?: string;
}

/** What was done, by path. All empty: it was already so. */
export type PutTreeResult = Omit<TreeDifference, "sent"> & { readonly sent: readonly string[] };

const nothing = { sent: [], modes: [], owners: [], removed: [] };

/**
 * Makes a folder on a host like one of ours. What differs travels as one compressed stream into a folder beside it, and
 * is renamed into place file by file. Equal trees cost one exchange. `larger`: more than `most` bytes would have to
 * travel, and nothing was done.
 */
export async function putTree(shell: Shell, tree: PutTree): Promise<PutTreeResult>;
export async function putTree(shell: Shell, tree: PutTree, most: number): Promise<PutTreeResult | "larger">;
export async function putTree(
  shell: Shell,
  tree: PutTree,
  most = Number.POSITIVE_INFINITY,
): Promise<PutTreeResult | "larger"> {
  const entries = (await readLocalTree(tree.from)).map((entry) => withMode(entry, tree));
  const top = quote(tree.path);
  const compare = `evk_compare ${top} ${quote(statFormat(tree))} ${digestOf(manifestOf(entries, tree))}`;
  const [answer] = await shell.send([{ script: compare, silentMs: FILES_SILENT_MS }], { words: treeWords });
  const output = answer?.stdout.bytes() ?? Buffer.alloc(0);
  const verdict = output.toString("latin1", 0, Math.max(0, output.indexOf("\n")));
  if (verdict === "same") return nothing;
  if (verdict !== "absent" && verdict !== "differs") throw notAFolder(tree, answer?.stderr.bytes().toString() ?? "");
  const there = verdict === "absent" ? undefined : parseManifest(output.subarray(output.indexOf("\n") + 1));
  if (there?.hasStrangeNames) throw strangeNames(tree);
  const difference = compareTrees(entries, there, tree);
  if (there && isNothing(difference)) return nothing;
  if (difference.sent.reduce((sum, { size }) => sum + size, 0) > most) return "larger";
  await send(shell, tree, difference, there === undefined);
  return { ...difference, sent: difference.sent.map((entry) => entry.path) };
}

/** What is there beyond ours is let be unless it is to be pruned: then nothing is done, and nothing written. */
function isNothing({ sent, modes, owners, removed }: TreeDifference): boolean {
  return sent.length + modes.length + owners.length + removed.length === 0;
}

function withMode(entry: TreeEntry, { fileMode, directoryMode }: PutTree): TreeEntry {
  const mode = entry.kind === "file" ? fileMode : entry.kind === "directory" ? directoryMode : undefined;
  return mode === undefined ? entry : { ...entry, mode: Number.parseInt(mode, 8) };
}

async function send(shell: Shell, tree: PutTree, difference: TreeDifference, isNew: boolean): Promise<void> {
  const top = quote(tree.path);
  const steps = [
    `evk_unpack ${top}`,
    ...ownersInBox(tree),
    "evk_admit",
    ...(isNew ? [renameBox(top)] : placing(top, difference, tree)),
  ];
  const end = `rm -rf "$evk_box" && { sync -f ${top} 2>/dev/null || sync; }`;
  const failed = '{ [ -z "$evk_box" ] || rm -rf "$evk_box"; false; }';
  const script = `evk_ask=${quote(tree.guard ?? "")}\n{ ${steps.join(" &&\n")} &&\n${end}; } || ${failed}`;
  const body = { size: 0, content: inPieces(tarStream(tree.from, difference.sent)) };
  const [answer] = await shell.send([{ script, silentMs: FILES_SILENT_MS }], { words: treeWords, body });
  if (answer?.status === 0) return;
  throw (
    guardRefusal(tree.path, answer) ??
    new StepError({
      code: "files/tree",
      message: `cannot make ${tree.path} like ${tree.from}`,
      detail: `${answer?.stdout.bytes().toString() ?? ""}${answer?.stderr.bytes().toString() ?? ""}`.trim(),
      hint: "some files of it may be new already; doing it again goes on from there",
    })
  );
}

function ownersInBox({ owner, group }: PutTree): string[] {
  if (owner === undefined && group === undefined) return [];
  return [`chown -hR ${quote(`${owner ?? ""}${group === undefined ? "" : `:${group}`}`)} "$evk_box/new"`];
}

function renameBox(top: string): string {
  return `chmod 755 "$evk_box/new" && mv -T "$evk_box/new" ${top}`;
}

/** Puts what came into a tree that is there: removals first, then folders, then what goes into them. */
function placing(top: string, { sent, modes, owners, removed }: TreeDifference, tree: PutTree): string[] {
  const steps = [`cd -- ${top}`];
  for (const some of inGroups(removed)) steps.push(`rm -rf -- ${pathList(some)}`);
  for (const entry of sent) {
    if (entry.kind === "directory") steps.push(`mkdir -m ${entry.mode.toString(8)} ${quote(`./${entry.path}`)}`);
  }
  const foreign = [...owners, ...madeFolders(sent, tree)];
  for (const [folder, names] of byFolder(sent.filter((entry) => entry.kind !== "directory"))) {
    for (const some of inGroups(names)) {
      const files = some.map((name) => `"$evk_box/new/"${quote(folder === "." ? name : `${folder}/${name}`)}`);
      steps.push(`mv -f -- ${files.join(" ")} ${quote(`./${folder}/`)}`);
    }
  }
  for (const [mode, paths] of Map.groupBy(modes, (entry) => entry.mode)) {
    for (const some of inGroups(paths))
      steps.push(`chmod ${mode.toString(8)} ${pathList(some.map(({ path }) => path))}`);
  }
  const user = quote(`${tree.owner ?? ""}${tree.group === undefined ? "" : `:${tree.group}`}`);
  for (const some of inGroups(foreign)) steps.push(`chown -h ${user} ${pathList(some)}`);
  return [`(${steps.join(" &&\n")})`];
}

/** What is made in place, and does not come from the box with its owner. */
function madeFolders(sent: readonly TreeEntry[], { owner, group }: PutTree): string[] {
  if (owner === undefined && group === undefined) return [];
  return sent.filter(({ kind }) => kind === "directory").map(({ path }) => path);
}

function pathList(paths: readonly string[]): string {
  return paths.map((path) => quote(`./${path}`)).join(" ");
}

function byFolder(entries: readonly TreeEntry[]): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const { path } of entries) {
    const cut = path.lastIndexOf("/");
    const folder = cut < 0 ? "." : path.slice(0, cut);
    const names = folders.get(folder) ?? [];
    names.push(path.slice(cut + 1));
    folders.set(folder, names);
  }
  return folders;
}

function inGroups<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / 200) }, (_, at) => items.slice(at * 200, at * 200 + 200));
}

function treeWords(): string {
  return putWords() + readWords(new URL("./tree.sh", import.meta.url));
}

function notAFolder(tree: PutTree, detail: string): StepError {
  return new StepError({
    code: "files/not-a-folder",
    message: `${tree.path} is there, and is no folder`,
    detail: detail.trim(),
    hint: "remove it, or choose another path",
  });
}

function strangeNames(tree: PutTree): StepError {
  return new StepError({
    code: "files/strange-name",
    message: `in ${tree.path} something has a name that we cannot handle: a line feed is in it, or it is no UTF-8`,
    hint: `nothing was changed; find it (ls -lbR ${tree.path}) and rename or remove it`,
  });
}
