import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { SourceEntry } from "./walk-source.ts";
import { walkSource } from "./walk-source.ts";

/** What travels of a folder of ours, as one sum: of names, contents, links, and who may run what; of nothing else. */
export async function digestSource(top: string, excludes: readonly string[]): Promise<string> {
  return digestEntries(top, walkSource(top, excludes));
}

export async function digestEntries(top: string, entries: readonly SourceEntry[]): Promise<string> {
  const sum = createHash("sha256");
  for (const { path, sort, isExecutable, target } of entries) {
    sum.update(`${JSON.stringify([path, sort, isExecutable, target ?? ""])}\n`);
    if (sort !== "file") continue;
    const content = createHash("sha256");
    await pipeline(createReadStream(join(top, path), { highWaterMark: 1 << 20 }), content);
    sum.update(content.digest());
  }
  return sum.digest("hex");
}
