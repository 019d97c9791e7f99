import { createHash, hash } from "node:crypto";
import type { Stats } from "node:fs";
import { createReadStream, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { InputError } from "@evenkeel/core";
import type { TreeEntry } from "./tree-entry.ts";

const WHOLE_UP_TO = 4 * 1024 * 1024;
/** So many are read before others may do something. */
const IN_ONE_GO = 200;

/** Everything in a folder of ours, folders before what is in them. What is neither file, folder nor link is refused. */
export async function readLocalEntries(top: string, follow: boolean): Promise<readonly TreeEntry[]> {
  const entries: TreeEntry[] = [];
  const waiting = [{ folder: "", inside: [] as readonly string[] }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const name of namesIn(join(top, next.folder))) {
      const path = next.folder === "" ? name : `${next.folder}/${name}`;
      const entry = await readEntry(path, join(top, path), follow);
      entries.push(entry);
      if (entry.sort === "directory") waiting.push({ folder: path, inside: insideOf(join(top, path), next.inside) });
      if (entries.length % IN_ONE_GO === 0) await setImmediate();
    }
  }
  return entries;
}

/** A link may lead to a folder that it is in: then there is no end. */
function insideOf(folder: string, around: readonly string[]): readonly string[] {
  const { dev, ino } = statSync(folder);
  const id = `${dev}:${ino}`;
  if (!around.includes(id)) return [...around, id];
  throw new InputError({
    code: "tree/loop",
    message: `${folder} is a link to a folder that it is in`,
    hint: "local_follow: false copies links as links",
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    throw new InputError({ code: "tree/unreadable", message: `cannot read the folder ${folder}`, cause });
  }
}

async function readEntry(path: string, full: string, follow: boolean): Promise<TreeEntry> {
  const stats = statsOf(full, follow);
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, "0");
  if (stats.isSymbolicLink()) return { path, mode, sort: "link", target: readlinkSync(full) };
  const common = { path, mode, ...(follow && lstatSync(full).isSymbolicLink() && { isFollowed: true }) };
  if (stats.isDirectory()) return { ...common, sort: "directory" };
  if (!stats.isFile()) {
    throw new InputError({ code: "tree/special", message: `${full} is neither a file, a folder nor a link` });
  }
  const sha256 = stats.size <= WHOLE_UP_TO ? hash("sha256", readFileSync(full)) : await hashStream(full);
  return { ...common, sort: "file", file: { localFile: full, sha256, size: stats.size } };
}

/** A link that leads nowhere stays a link. */
function statsOf(full: string, follow: boolean): Stats {
  const own = lstatSync(full);
  return follow && own.isSymbolicLink() ? (statSync(full, { throwIfNoEntry: false }) ?? own) : own;
}

async function hashStream(file: string): Promise<string> {
  const sum = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) sum.update(chunk);
  return sum.digest("hex");
}
