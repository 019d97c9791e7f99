import { hash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { TreeEntry } from "./local-tree.ts";

/** A tree as lines of text, the same here and on a host, so that two trees are equal when their hashes are. */
export type Manifest = readonly string[];

/** Whose everything in a tree is to be; left out: not looked at. */
export interface TreeOwner {
  readonly owner?: string;
  readonly group?: string;
}

const typeBits = { file: 0o100000, directory: 0o040000, link: 0o120000 };

export function manifestOf(entries: readonly TreeEntry[], { owner = "-", group = "-" }: TreeOwner): Manifest {
  const lines = entries.flatMap((entry) => {
    const name = `./${entry.path}`;
    const state = `${(typeBits[entry.kind] | entry.mode).toString(16)} ${owner} ${group} ${name}`;
    if (entry.kind === "file") return [state, `${entry.sha256}  ${name}`];
    return entry.kind === "link" ? [state, `> ${name} ${entry.target}`] : [state];
  });
  return sortBytewise(lines);
}

export function digestOf(manifest: Manifest): string {
  return hash("sha256", `${manifest.join("\n")}\n`);
}

/** The format in which `stat` prints a line of ours. */
export function statFormat({ owner, group }: TreeOwner): string {
  return `%f ${owner === undefined ? "-" : "%U"} ${group === undefined ? "-" : "%G"} %n`;
}

/** A host's tree, read from what `evk_tree` sent. */
export interface RemoteTree {
  readonly entries: ReadonlyMap<string, TreeEntry & { readonly owner: string; readonly group: string }>;
  /** Something there has a name that our lines cannot carry. */
  readonly hasStrangeNames: boolean;
}

export function parseManifest(compressed: Buffer): RemoteTree {
  const entries = new Map<string, TreeEntry & { owner: string; group: string }>();
  const lines = gunzipSync(compressed).toString().split("\n");
  const states = lines.flatMap((line) => /^([0-9a-f]{4}) (\S+) (\S+) \.\/(.+)$/.exec(line) ?? []);
  for (let at = 0; at < states.length; at += 5) {
    const [bits = "0", owner = "-", group = "-", path = ""] = states.slice(at + 1, at + 5);
    const mode = Number.parseInt(bits, 16);
    const kind = (["file", "directory", "link"] as const).find((each) => typeBits[each] === (mode & 0o170000));
    entries.set(path, { path, kind: kind ?? "file", mode: mode & 0o7777, size: 0, owner, group });
  }
  for (const line of lines) addContent(entries, line);
  const isStrange = (line: string) =>
    line.includes("\uFFFD") || !/^([0-9a-f]{4} \S+ \S+ |\\?[0-9a-f]{64} {2}|> )\.\/./.test(line);
  return { entries, hasStrangeNames: lines.some((line) => line !== "" && isStrange(line)) };
}

function addContent(entries: Map<string, TreeEntry & { owner: string; group: string }>, line: string): void {
  const file = /^([0-9a-f]{64}) {2}\.\/(.+)$/.exec(line);
  const link = /^> \.\/(.+)$/.exec(line);
  if (file?.[1] && file[2]) {
    const entry = entries.get(file[2]);
    if (entry) entries.set(file[2], { ...entry, sha256: file[1] });
  } else if (link?.[1]) {
    // A name may hold blanks: the longest known one that fits is meant, and each has one target.
    const words = link[1].split(" ");
    for (let count = words.length - 1; count > 0; count--) {
      const entry = entries.get(words.slice(0, count).join(" "));
      if (entry?.kind !== "link" || entry.target !== undefined) continue;
      entries.set(entry.path, { ...entry, target: words.slice(count).join(" ") });
      return;
    }
  }
}

/** As `sort` does in the C locale: by bytes, which for text beyond ASCII is not JavaScript's order. */
function sortBytewise(lines: string[]): string[] {
  if (lines.every((line) => /^[\x20-\x7e]*$/.test(line))) return lines.sort();
  return lines
    .map((line) => Buffer.from(line))
    .sort(Buffer.compare)
    .map((line) => line.toString());
}
