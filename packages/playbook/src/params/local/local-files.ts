import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { LocalFile, Secret } from "@evenkeel/core";
import type { Opener } from "../../written/yaml-files.ts";

/** A file of ours with its mode. */
export interface FoundFile extends LocalFile {
  readonly mode: string;
}

interface Known {
  readonly mark: string;
  readonly value: FoundFile | Secret;
}

/** Files of ours, summed once for as long as they stay as they are. */
export class LocalFiles {
  readonly #known = new Map<string, Known>();

  /** As it is, without its sum: for when nothing is done with it. */
  glance(path: string): FoundFile {
    const { size, mode } = statSync(path);
    return { localFile: path, sha256: "", size, mode: modeText(mode) };
  }

  /** A file that a vault has encrypted is its text, as a secret. */
  file(path: string, vault: Opener | undefined): FoundFile | Secret {
    const { mtimeMs, size, mode } = statSync(path);
    const mark = `${mtimeMs} ${size} ${mode}`;
    const known = this.#known.get(path);
    if (known?.mark === mark) return known.value;
    const value = isVaulted(path) && vault ? decrypted(path, vault) : { ...summed(path), mode: modeText(mode) };
    this.#known.set(path, { mark, value });
    return value;
  }
}

function decrypted(path: string, vault: Opener): Secret {
  return vault.decrypt(readFileSync(path, "utf8"), { file: path });
}

function isVaulted(path: string): boolean {
  const start = Buffer.alloc(14);
  const file = openSync(path, "r");
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  return start.toString("latin1") === "$ANSIBLE_VAULT";
}

const CHUNK = 1024 * 1024;

function summed(path: string): LocalFile {
  const sum = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK);
  const file = openSync(path, "r");
  let size = 0;
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      sum.update(chunk.subarray(0, read));
      size += read;
    }
  } finally {
    closeSync(file);
  }
  return { localFile: path, sha256: sum.digest("hex"), size };
}

function modeText(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}
