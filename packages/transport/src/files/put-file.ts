import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { InputError, quote, readWords, Secret } from "@evenkeel/core";
import { guardRefusal } from "../guard-refusal.ts";
import type { Shell } from "../shell/shell.ts";
import { putFailure } from "./put-failure.ts";

/** A file as it is to be on a host. */
export interface PutFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Uint8Array | Secret | { readonly localFile: string };
  /** Octal. Left out: as the file that is there, or 0644. */
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  /** Run before the file takes its place; a word `%s` (or a part of one) becomes the path to look at. */
  readonly validate?: readonly string[];
  /** Where the path is a link: replace the link (default), or what it points to. */
  readonly links?: "replace" | "follow";
  /** Write into the file that is there, for one that cannot be renamed over (a bind mount). A crash may tear it. */
  readonly inPlace?: boolean;
  /**
   * A piece of sh that is run when the file is there and checked, directly before it takes its place. When it fails, nothing
   * is replaced, and the error `transport/guard` has what it said on stderr.
   */
  readonly guard?: string;
}

/** A disk may be slow, and a tree large: but this long without a word is no work any more. */
export const FILES_SILENT_MS = 3_600_000;
/** From this size on it is asked whether there is room, before anything travels. */
const ASK_FOR_ROOM_FROM = 8 * 1024 * 1024;
/** Files need more room than their bytes. */
const ROOM_FACTOR = 1.05;

/** Replaces a file, all of it or nothing. Throws a StepError that says what is there now. */
export async function putFile(shell: Shell, file: PutFile): Promise<void> {
  checkPath(file.path);
  checkMode(file.mode);
  const content = await open(file);
  if (content.size >= ASK_FOR_ROOM_FROM) await askForRoom(shell, file, content.size);
  const validate = file.validate ? commandOn(file.validate, '"$evk_new"') : "";
  const words = [
    quote(file.path),
    quote(file.mode ?? "-"),
    quote(file.owner ?? "-"),
    quote(file.group ?? "-"),
    content.size,
    file.links === "follow" ? "follow" : "link",
    file.inPlace ? "in-place" : "rename",
  ];
  const settings = `evk_validate=${quote(validate)} evk_ask=${quote(file.guard ?? "")}`;
  const script = `${settings}\nevk_put ${words.join(" ")}`;
  const body = { size: content.size, content: withSum(content) };
  const [answer] = await shell.send([{ script, silentMs: FILES_SILENT_MS }], { words: putWords, body });
  content.check();
  if (answer?.status !== 0) throw guardRefusal(file.path, answer) ?? putFailure(file, content.size, answer);
}

/** How many bytes there are to carry. */
export async function sizeOf(file: PutFile): Promise<number> {
  return (await open(file)).size;
}

/** The words of put.sh; trees use some of them. */
export function putWords(): string {
  return readWords(new URL("./put.sh", import.meta.url));
}

/** A command line in which `%s` stands for a path that only the host knows. */
export function commandOn(argv: readonly string[], path: string): string {
  return argv
    .map((word) =>
      word
        .split("%s")
        .map((part) => (part === "" ? "" : quote(part)))
        .join(path),
    )
    .map((word) => (word === "" ? "''" : word))
    .join(" ");
}

interface Content {
  readonly size: number;
  readonly bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Throws when the local file was not what it was taken for. */
  readonly check: () => void;
}

async function open({ content }: PutFile): Promise<Content> {
  if (typeof content === "object" && "localFile" in content) return openLocal(content.localFile);
  const text = content instanceof Secret ? content.reveal() : content;
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return { size: bytes.length, bytes: [bytes], check: () => undefined };
}

async function openLocal(path: string): Promise<Content> {
  const { size } = await stat(path).catch((cause: unknown) => {
    throw new InputError({ code: "files/unreadable", message: `cannot read ${path}`, cause });
  });
  let isChanged = false;
  return { size, bytes: exactly(size), check };

  /** The wire was promised so many bytes: a file that shrank is filled up, and then refused by its checksum. */
  async function* exactly(wanted: number): AsyncGenerator<Uint8Array> {
    let left = wanted;
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      isChanged ||= chunk.length > left;
      yield chunk.subarray(0, left);
      left -= Math.min(left, chunk.length);
    }
    isChanged ||= left > 0;
    for (; left > 0; left -= Math.min(left, 65536)) yield Buffer.alloc(Math.min(left, 65536));
  }
  function check(): void {
    if (!isChanged) return;
    throw new InputError({
      code: "files/changed",
      message: `${path} changed while it was being read`,
      hint: "try again",
    });
  }
}

/** A file of this machine was not the same from beginning to end. */
export function changed(path: string): InputError {
  return new InputError({
    code: "files/changed",
    message: `${path} changed while it was being read`,
    hint: "try again",
  });
}

/** The bytes, and then a line with what they must add up to. */
async function* withSum({ bytes, check }: Content): AsyncGenerator<Uint8Array> {
  const sum = createHash("sha256");
  for await (const chunk of bytes) {
    sum.update(chunk);
    yield chunk;
  }
  let isSound = true;
  try {
    check();
  } catch {
    isSound = false; // putFile says why, after the host has refused it.
  }
  yield Buffer.from(isSound ? `${sum.digest("hex")}\n` : "refuse\n");
}

async function askForRoom(shell: Shell, file: PutFile, size: number): Promise<void> {
  const folder = file.inPlace ? '"$TMPDIR"' : quote(file.path.replace(/\/[^/]*$/, "") || "/");
  const [answer] = await shell.send([{ script: `evk_room ${folder}; ! :`, silentMs: FILES_SILENT_MS }], {
    words: putWords,
  });
  const free = Number(answer?.stdout.bytes().toString().split("\n")[0]?.split(/\s+/)[3]) * 1024;
  if (answer && Number.isFinite(free) && free < size * ROOM_FACTOR) throw putFailure(file, size, answer);
}

function checkPath(path: string): void {
  if (path.startsWith("/") && !path.endsWith("/")) return;
  throw new InputError({
    code: "files/path",
    message: `not the absolute path of a file: ${JSON.stringify(path)}`,
    hint: "a path on a host begins with `/`, and a file's does not end with it",
  });
}

/** Only digits: a host's shell counts with them. */
function checkMode(mode = "0644"): void {
  if (/^[0-7]{3,4}$/.test(mode)) return;
  throw new InputError({
    code: "files/mode",
    message: `not an octal mode: ${JSON.stringify(mode)}`,
    hint: 'three or four octal digits: "0644"',
  });
}
