import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { InputError } from "@evenkeel/core";
import { readable } from "./readable.ts";

/**
 * What a password program prints. One whose name ends in `-client` is told the vault id. It may talk to the user over
 * stderr and the terminal: password stores ask for their own password.
 */
export async function runPasswordProgram(path: string, id: string | undefined): Promise<Buffer> {
  if (!isRunnable(path)) throw notRunnable(path, "it is neither a script that begins with #! nor a binary");
  const isClient = /-client(\.[^.]*)?$/.test(basename(path));
  const child = spawn(path, isClient && id !== undefined ? ["--vault-id", id] : [], {
    // What is piped to us is not for it.
    stdio: [process.stdin.isTTY ? "inherit" : "ignore", "pipe", "inherit"],
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  const [status, signal] = await once(child, "close").catch((cause: Error) => {
    throw notRunnable(path, cause.message, cause);
  });
  if (status === 0) return Buffer.concat(output);
  const forId = isClient && id !== undefined ? ` for the vault id ${id}` : "";
  throw new InputError({
    code: "vault/password-program",
    message: `the vault password program ${path} gave no password${forId}`,
    detail: isClient && status === 2 ? "it does not know this id (exit status 2)" : `it ended with ${signal ?? status}`,
  });
}

/** The C library hands whatever has no such beginning to a shell, which would take the password in it for a command. */
function isRunnable(path: string): boolean {
  const start = readable(path, "vault password program", () => readFileSync(path)).subarray(0, 4);
  return start.toString("latin1").startsWith("#!") || BINARIES.includes(start.toString("hex"));
}

/** How programs of Linux and macOS begin. */
const BINARIES: readonly string[] = ["7f454c46", "cffaedfe", "cafebabe"];

function notRunnable(path: string, detail: string, cause?: Error): InputError {
  return new InputError({
    code: "vault/password-program",
    message: `the vault password program ${path} cannot be run`,
    detail,
    hint: "if it is no program but holds the password, take its executable bit away: chmod -x",
    cause,
  });
}
