import { StepError } from "@evenkeel/core";
import { readStatLine } from "../stat/parse-stats.ts";
import type { PresentStat } from "../stat/stat-state.ts";

/** What is below a folder, and what time it was there. */
export type FindState =
  | { readonly state: "absent" }
  | { readonly state: "present"; readonly now: number; readonly found: readonly Found[] };

export interface Found extends PresentStat {
  readonly path: string;
  /** What is in a file, where that was asked for and is text; of what is too long, nothing. */
  readonly text?: string;
}

/** Reads what `read.sh` printed. */
export function parseFound(output: Uint8Array, folders: readonly string[]): ReadonlyMap<string, FindState> {
  const reader = new Reader(Buffer.from(output.buffer, output.byteOffset, output.byteLength));
  return new Map(folders.map((folder) => [folder, readOne(reader)]));
}

function readOne(reader: Reader): FindState {
  const now = reader.upTo(0);
  if (now === "absent") return { state: "absent" };
  const found: (PresentStat & { path: string })[] = [];
  while (reader.next() !== 0) {
    const stats: PresentStat[] = [];
    while (reader.next() !== SLASH) stats.push(readStatLine(reader.upTo(0x0a), ""));
    for (const stat of stats) found.push({ ...stat, path: withoutDoubled(reader.upTo(0)) });
  }
  reader.upTo(0);
  const sums = sumsIn(reader.upTo(0));
  const texts = new Map<string, string>();
  for (let path = reader.upTo(0); path !== ""; path = reader.upTo(0)) {
    const content = reader.take(Number(reader.upTo(0x0a)));
    if (!content.includes(0)) texts.set(withoutDoubled(path), content.toString());
  }
  const more = (path: string) => ({
    ...(sums.has(path) && { checksum: sums.get(path) as string }),
    ...(texts.has(path) && { text: texts.get(path) as string }),
  });
  return { state: "present", now: Number(now), found: found.map((each) => ({ ...each, ...more(each.path) })) };
}

const SLASH = 0x2f;

/** A name that a sum's line escapes is said with a backslash in front of the line. */
function sumsIn(lines: string): Map<string, string> {
  const sums = lines.matchAll(/^(\\?)([0-9a-f]{32,128}) [ *](.*)$/gm);
  return new Map(
    [...sums].map(([, escaped, sum = "", name = ""]) => [
      withoutDoubled(
        escaped ? name.replace(/\\([\\nr])/g, (_, letter: string) => ({ n: "\n", r: "\r" })[letter] ?? "\\") : name,
      ),
      sum,
    ]),
  );
}

function withoutDoubled(path: string): string {
  return path.replace(/\/\/+/g, "/");
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  next(): number | undefined {
    if (this.#at < this.#bytes.length) return this.#bytes[this.#at];
    throw new StepError({
      code: "find/answer",
      message: "the host's answer about what is below a folder is cut short",
      hint: "there is too much of it: look in fewer folders, or for fewer names",
    });
  }

  upTo(end: number): string {
    this.next();
    const found = this.#bytes.indexOf(end, this.#at);
    const text = this.#bytes.toString("utf8", this.#at, found < 0 ? this.#bytes.length : found);
    this.#at = found < 0 ? this.#bytes.length : found + 1;
    return text;
  }

  take(size: number): Buffer {
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }
}
