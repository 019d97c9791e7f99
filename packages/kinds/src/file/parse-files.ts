import { hash } from "node:crypto";
import { StepError } from "@evenkeel/core";
import type { FileState, PresentFile } from "./file-state.ts";
import { readLengths, saysPaths } from "./read-files.ts";

/** Reads what `read.sh` printed. */
export function parseFiles(output: Uint8Array, keys: readonly string[], via?: unknown): ReadonlyMap<string, FileState> {
  if (output.length === 0) return new Map(keys.map((key) => [key, { type: "absent" }]));
  const reader = new Reader(output);
  const paths = saysPaths(keys, via) ? keys.map(() => reader.until(0)) : [];
  const letters = [...reader.until(0x0a)];
  const asker = readStat(reader.until(0x0a));
  const stats = keys.map(() => readStat(reader.until(0x0a)));
  const sums = new Map<number, string>();
  for (const letter of "fs") {
    for (const index of indexesOf(letters, letter)) sums.set(index, sumIn(reader.until(0x0a)));
  }
  const targets = new Map(indexesOf(letters, "l").map((index) => [index, reader.until(0)]));
  const texts = new Texts(reader.rest());
  return new Map(
    keys.map((key, index) => {
      const path = paths[index];
      const where = path === undefined || path === "" || path === key ? {} : { path };
      const stat = stats[index];
      const letter = letters[index] ?? "a";
      if ("aAn".includes(letter) || stat === undefined) return [key, { ...absent(letter, stat, asker), ...where }];
      const { bits, setgid: _, ...present } = stat;
      const [sha256, target] = [sums.get(index), targets.get(index)];
      const isFile = letter === "f" || letter === "s";
      const text = isFile ? texts.next(stat.size, sha256, via) : undefined;
      return [
        key,
        {
          ...sortAndMode(bits),
          ...present,
          ...(sha256 && { sha256 }),
          ...(text !== undefined && { text }),
          ...(target !== undefined && { target }),
          ...where,
        },
      ];
    }),
  );
}

/** What is not there would be the asker's, and the group's of a folder that hands its group down. */
function absent(letter: string, folder: Stat | undefined, asker: Stat | undefined): FileState {
  if (asker === undefined || letter === "n") return { type: "absent" };
  const { owner, uid } = asker;
  const inherits = letter === "A" && folder?.setgid === true;
  const { group, gid } = inherits ? folder : asker;
  return { type: "absent", owner, uid, group, gid, ...(inherits && { inherits }) };
}

interface Stat extends Required<Pick<PresentFile, "owner" | "uid" | "group" | "gid" | "inode">> {
  readonly size: number;
  readonly bits: number;
  readonly setgid: boolean;
}

function readStat(line: string): Stat | undefined {
  const [size, hex = "", uid, gid, device, inode, owner = "", group = ""] = line.split(":");
  if (inode === undefined) return undefined;
  const bits = Number.parseInt(hex, 16);
  const setgid = (bits & 0o2000) !== 0;
  const [whose, whoseGroup] = [owner === "UNKNOWN" ? String(uid) : owner, group === "UNKNOWN" ? String(gid) : group];
  return {
    ...{ size: Number(size), bits, setgid, owner: whose, uid: Number(uid), group: whoseGroup, gid: Number(gid) },
    inode: `${device}:${inode}`,
  };
}

function sortAndMode(bits: number): Pick<PresentFile, "type" | "mode"> {
  const mode = (bits & 0o7777).toString(8).padStart(4, "0");
  return { type: sorts.get(bits & 0o170000) ?? "other", mode };
}

const sorts = new Map([
  [0o100000, "file"],
  [0o040000, "directory"],
  [0o120000, "link"],
] as const) as ReadonlyMap<number, "file" | "directory" | "link">;

function sumIn(line: string): string {
  return /^\\?([0-9a-f]{64})/.exec(line)?.[1] ?? "";
}

function indexesOf(letters: readonly string[], letter: string): number[] {
  return letters.flatMap((each, index) => (each === letter ? [index] : []));
}

/** Contents come one after the other, each as long as its file said; the sum tells whether it is the right one. */
class Texts {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  next(size: number, sha256: string | undefined, via: unknown): string | undefined {
    const { least, most } = readLengths(via);
    if (size < least || size > most) return undefined;
    const bytes = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += size;
    if (hash("sha256", bytes) !== sha256 || bytes.includes(0)) return undefined;
    const text = bytes.toString();
    return Buffer.from(text).equals(bytes) ? text : undefined;
  }
}

/** An answer, piece by piece. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(output: Uint8Array) {
    this.#bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  }

  until(end: number): string {
    const found = this.#bytes.indexOf(end, this.#at);
    if (found < 0) {
      throw new StepError({
        code: "file/answer",
        message: "the host's answer about files ends too early",
        detail: this.#bytes.toString("utf8", Math.max(0, this.#bytes.length - 300)),
        hint: "something on the host changed while it was looked at: try again",
      });
    }
    const text = this.#bytes.toString("utf8", this.#at, found);
    this.#at = found + 1;
    return text;
  }

  rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }
}
