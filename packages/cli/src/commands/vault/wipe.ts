import { closeSync, fstatSync, fsyncSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Overwrites and closes a file that is open for writing. What a file system or a disk keeps besides, no program can reach. */
export function wipe(file: number): void {
  try {
    const zeros = Buffer.alloc(64 * 1024);
    const { size } = fstatSync(file);
    for (let at = 0; at < size; ) at += writeSync(file, zeros, 0, Math.min(zeros.length, size - at), at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Overwrites and removes a folder of ours with all that is in it, an editor's own copies too. */
export function wipeFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) wipe(openSync(join(entry.parentPath, entry.name), "r+"));
  }
  rmSync(folder, { recursive: true });
}
