import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { createGzip } from "node:zlib";
import type { TreeEntry } from "./local-tree.ts";
import { changed } from "./put-file.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar.ts";

/** Large enough that what each piece costs on the host (a fork) does not count. */
const PIECE = 1024 * 1024;

/** Entries of a folder of ours as one compressed tar stream. */
export function tarStream(from: string, entries: readonly TreeEntry[]): AsyncIterable<Buffer> {
  const compressed = createGzip({ level: 1, chunkSize: PIECE });
  return pipeline(gathered(tarParts(from, entries)), compressed, () => undefined); // An error comes out at the other end.
}

/** A stream of unknown length for the wire: pieces with their lengths, and a piece of none at the end. */
export async function* inPieces(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of gathered(stream)) yield Buffer.concat([Buffer.from(`${piece.length}\n`), piece]);
  yield Buffer.from("0\n");
}

async function* tarParts(from: string, entries: readonly TreeEntry[]): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    yield tarHeader(entry);
    if (entry.kind !== "file") continue;
    yield* contentOf(join(from, entry.path), entry.size);
    yield tarPadding(entry.size);
  }
  yield tarEnd;
}

async function* contentOf(file: string, size: number): AsyncGenerator<Buffer> {
  let sent = 0;
  // Small files are read at once: waiting for each would take longer than reading it.
  const chunks = size <= PIECE ? [readFileSync(file)] : createReadStream(file, { highWaterMark: PIECE });
  for await (const chunk of chunks) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent !== size) throw changed(file);
}

async function* gathered(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    held.push(part);
    size += part.length;
    if (size < PIECE) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}
