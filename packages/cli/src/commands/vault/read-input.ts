import { readFileSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { gather } from "./gather.ts";

/** Something to encrypt or decrypt, and where it came from. */
export interface Input {
  readonly data: Buffer;
  readonly place: Place;
  /** The file itself, where a link led to one; undefined for standard input. */
  readonly path?: string;
  /** Where its recipients are looked for. */
  readonly folder: string;
}

/** Reads what is named on the command line; nothing, or `-`, is standard input. */
export function readInputs(files: readonly string[]): Promise<readonly Input[]> {
  const named = files.length === 0 ? ["-"] : [...new Set(files)];
  return gather(named, async (file) => (file === "-" ? await readStandardInput() : readInput(file)));
}

/** All that comes in by standard input. */
export async function readStandardInput(): Promise<Input> {
  if (process.stdin.isTTY) process.stderr.write("reading from the terminal; Ctrl-D ends it\n");
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return { data: Buffer.concat(chunks), place: { file: "standard input" }, folder: process.cwd() };
}

function readInput(file: string): Input {
  try {
    const path = realpathSync(file);
    return { data: readFileSync(path), place: { file }, path, folder: dirname(path) };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "it is not there" : message;
    throw new InputError({ code: "vault/unreadable", message: `cannot read ${file}: ${why}`, cause });
  }
}
