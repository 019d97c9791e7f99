import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "@evenkeel/core";
import { wipe } from "./wipe.ts";

export interface Replacement {
  readonly path: string;
  readonly content: Buffer;
  /** What may only be seen by its owner. */
  readonly isPlain: boolean;
  /** What was there before is a secret, and is overwritten once the new one is in place. */
  readonly wipesOld?: boolean;
}

/** Puts a file in another's place, all or nothing, with the same mode and owner. A plain one is never wider than 0600. */
export function replaceFile({ path, content, isPlain, wipesOld = false }: Replacement): void {
  const before = statSync(path, { throwIfNoEntry: false });
  if (before && !before.isFile()) throw new InputError({ code: "vault/no-file", message: `${path} is no file` });
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  let old: number | undefined;
  try {
    // A file with a second name is not wiped: under that name somebody wants it.
    if (wipesOld && before?.nlink === 1) old = openSync(path, "r+");
    write(beside, content, before, isPlain);
    renameSync(beside, path);
  } catch (cause) {
    throw new InputError({
      code: "vault/unwritable",
      message: `cannot write ${path}: ${(cause as Error).message}`,
      hint: before ? "it is as it was" : "it was not made",
      cause,
    });
  }
  syncFolder(dirname(path));
  if (old !== undefined) wipe(old);
}

function write(path: string, content: Buffer, before: Stats | undefined, isPlain: boolean): void {
  // A new name, made by us: whatever waits there under it is an error.
  const file = openSync(path, "wx", 0o600);
  try {
    writeAll(file, content);
    if (before) takeOver(file, before, isPlain);
    fsyncSync(file);
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, content: Buffer): void {
  for (let at = 0; at < content.length; ) at += writeSync(file, content, at);
}

function takeOver(file: number, { uid, gid, mode }: Stats, isPlain: boolean): void {
  const own = process.getuid?.() === uid && process.getgid?.() === gid;
  if (!own) fchownSync(file, uid, gid);
  fchmodSync(file, mode & (isPlain ? 0o600 : 0o777));
}

/** So that the new name is there after a power cut too. */
function syncFolder(folder: string): void {
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
