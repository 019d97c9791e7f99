import { readFile, stat } from "node:fs/promises";
import { InputError } from "@evenkeel/core";
import type { KnownHost } from "./parse-known-hosts.ts";
import { parseKnownHosts } from "./parse-known-hosts.ts";

/** Reads known_hosts files. One that is missing knows nobody; one that cannot be read is an error, never "nobody". */
export async function loadKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  return (await Promise.all(files.map(loadFile))).flat();
}

/** Each of a thousand hosts looks into the same file of thousands of lines. */
const read = new Map<string, { readonly stamp: string; readonly entries: KnownHost[] }>();

async function loadFile(file: string): Promise<KnownHost[]> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    const stamp = `${ino} ${size} ${mtimeNs}`;
    const before = read.get(file);
    if (before?.stamp === stamp) return before.entries;
    const entries = parseKnownHosts(await readFile(file, "latin1"), file);
    read.set(file, { stamp, entries });
    return entries;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw new InputError({
      code: "identity/unreadable",
      message: `cannot read the known hosts in ${file}`,
      place: { file },
      detail: message,
      hint: `without it no host can be recognised; see: ls -ld ${file}`,
      cause,
    });
  }
}
