import { spawnSync } from "node:child_process";
import { accessSync, closeSync, constants, openSync, readSync } from "node:fs";
import { InputError } from "@evenkeel/core";

const longest = 5 * 60_000;

/** Whether a file is a program: it may be run, and is made for that. Many inventories have the bit and are plain text. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  const start = Buffer.alloc(4);
  const file = openSync(path, "r");
  try {
    readSync(file, start, 0, 4, 0);
  } finally {
    closeSync(file);
  }
  return start.toString("latin1", 0, 2) === "#!" || start.toString("latin1") === "\x7fELF";
}

/** Runs an inventory program and gives what it printed. */
export function runScript(path: string, words: readonly string[], shown: string): string {
  const { status, signal, stdout, stderr, error } = spawnSync(path, words, {
    encoding: "utf8",
    timeout: longest,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status === 0 && error === undefined) return stdout;
  const end = signal === null ? `exit ${status}` : `ended by ${signal}`;
  throw new InputError({
    code: "inventory/script",
    message: `${[shown, ...words].join(" ")} failed: ${error === undefined ? end : error.message}`,
    place: { file: shown },
    ...(stderr && { detail: stderr.trimEnd() }),
    ...(error && { cause: error }),
  });
}
