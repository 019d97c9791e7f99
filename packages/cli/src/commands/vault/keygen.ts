import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError } from "@evenkeel/core";
import { defaultIdentityFile, encrypt, generateIdentity, VaultPassword } from "@evenkeel/vault";
import { askTwice, hiddenQuestions } from "./ask-hidden.ts";

export interface KeygenOptions {
  readonly output?: string;
  readonly passphrase?: boolean;
}

/** Makes an identity for the user alone, and prints its recipient, which is no secret. */
export async function keygen({ output = defaultIdentityFile(), passphrase = false }: KeygenOptions): Promise<void> {
  const password = passphrase ? await askPassphrase() : undefined;
  const { file, recipient } = await generateIdentity();
  const text = password ? await encrypt(Buffer.from(file.reveal()), { kind: "passphrase", password }) : file.reveal();
  writeNew(resolve(output), text);
  process.stderr.write(`your identity is in ${output}; keep it, for without it nothing can be read\n`);
  process.stdout.write(`${recipient}\n`);
}

async function askPassphrase(): Promise<VaultPassword> {
  const ask = hiddenQuestions();
  if (!ask)
    throw new InputError({ code: "vault/no-terminal", message: "nobody is there to be asked for a passphrase" });
  const answer = await askTwice(ask, "New passphrase: ", "The same again: ");
  return new VaultPassword("passphrase", Buffer.from(answer.reveal()));
}

/** Never over one that is there: whatever was encrypted for it would be lost. */
function writeNew(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === "EEXIST";
    throw new InputError({
      code: "vault/identity-exists",
      message: isThere ? `${path} is there already` : `cannot write ${path}: ${(cause as Error).message}`,
      ...(isThere && { hint: "what is encrypted for it would be lost with it; -o FILE makes another" }),
      cause,
    });
  }
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
