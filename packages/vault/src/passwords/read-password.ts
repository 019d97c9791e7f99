import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { InputError } from "@evenkeel/core";
import { VaultPassword } from "../ansible/vault-password.ts";
import type { AskSecret } from "../ask-secret.ts";
import type { PasswordSource } from "./password-source.ts";
import { readable } from "./readable.ts";
import { runPasswordProgram } from "./run-password-program.ts";

export interface ReadPassword {
  readonly ask: AskSecret | undefined;
  /** A password file may itself be encrypted, with a password that was given before it. */
  readonly decrypt: (data: Buffer, file: string) => Promise<Buffer>;
}

/** Gets a password from where it is said to be. */
export async function readPassword(source: PasswordSource, { ask, decrypt }: ReadPassword): Promise<VaultPassword> {
  if (source.kind === "given") return source.password;
  const { id = "default" } = source;
  if (source.kind === "prompt") {
    if (!ask) throw nobodyToAsk(id);
    const answer = await ask(source.id === undefined ? "Vault password: " : `Vault password (${id}): `);
    return passwordOf(id, Buffer.from(answer.reveal().trim()), "the prompt");
  }
  const path = resolve(source.path.replace(/^~(?=\/|$)/, homedir()));
  if (isProgram(path)) {
    return passwordOf(id, withoutLineEnds(await runPasswordProgram(path, source.id)), path);
  }
  const data = trim(readable(path, "vault password file", () => readFileSync(path)));
  return passwordOf(id, withoutLineEnds(await decrypt(data, path)), path);
}

function isProgram(path: string): boolean {
  if (!readable(path, "vault password file", () => statSync(path)).isFile()) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // That it may not be run is the answer.
    return false;
  }
}

function passwordOf(id: string, bytes: Buffer, from: string): VaultPassword {
  if (bytes.length > 0) return new VaultPassword(id, bytes);
  throw new InputError({ code: "vault/empty-password", message: `the vault password (${id}) from ${from} is empty` });
}

// Bytes, not text: a password may be random ones. What is cut off is what Ansible cuts off.
const trim = (data: Buffer): Buffer => between(data, [9, 10, 11, 12, 13, 32]);
const withoutLineEnds = (data: Buffer): Buffer => between(data, [10, 13]);

function between(data: Buffer, cut: readonly number[]): Buffer {
  const first = data.findIndex((byte) => !cut.includes(byte));
  return first === -1 ? Buffer.alloc(0) : data.subarray(first, data.findLastIndex((byte) => !cut.includes(byte)) + 1);
}

function nobodyToAsk(id: string): InputError {
  return new InputError({
    code: "vault/no-terminal",
    message: `nobody is there to be asked for the vault password (${id})`,
    hint: "--vault-password-file FILE reads it from a file or a program",
  });
}
