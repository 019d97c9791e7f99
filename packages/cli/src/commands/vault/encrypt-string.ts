import { InputError } from "@evenkeel/core";
import { encrypt, toInlineValue } from "@evenkeel/vault";
import { askTwice, hiddenQuestions } from "./ask-hidden.ts";
import { lockChooser } from "./choose-lock.ts";
import type { LockOptions } from "./options.ts";
import { readStandardInput } from "./read-input.ts";

export interface EncryptStringOptions extends LockOptions {
  readonly name?: string;
}

/** Encrypts one value and prints it as YAML. It is asked for, or comes by standard input as it is. */
export async function encryptString(value: string | undefined, options: EncryptStringOptions): Promise<void> {
  if (value !== undefined && value !== "-") throw seenByAll();
  const { lock } = await lockChooser(options)(process.cwd());
  const plain = await readValue();
  const text = toInlineValue(await encrypt(plain, lock), " ".repeat(10));
  process.stdout.write(options.name === undefined ? `${text}\n` : `${yamlKey(options.name)}: ${text}\n`);
}

async function readValue(): Promise<Buffer> {
  const ask = process.stdin.isTTY ? hiddenQuestions() : undefined;
  if (ask) return Buffer.from((await askTwice(ask, "Value to encrypt: ", "The same again: ")).reveal());
  const { data } = await readStandardInput();
  if (data.length === 0) throw new InputError({ code: "vault/empty-value", message: "there is nothing to encrypt" });
  if (data.at(-1) === 10) process.stderr.write("the value ends with a line feed; printf %s would give one without\n");
  return data;
}

const yamlKey = (name: string): string => (/^[A-Za-z_][\w.-]*$/.test(name) ? name : JSON.stringify(name));

const seenByAll = (): InputError =>
  new InputError({
    code: "cli/usage",
    message: "a secret does not belong on the command line: ps shows it to everybody, and the shell keeps it",
    hint: "leave it out and it is asked for, or give it by standard input",
  });
