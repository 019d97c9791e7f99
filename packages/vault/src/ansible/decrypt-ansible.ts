import { createDecipheriv, createHmac, timingSafeEqual } from "node:crypto";
import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Envelope } from "./envelope.ts";
import { readEnvelope } from "./envelope.ts";
import type { VaultPassword } from "./vault-password.ts";

export interface AnsiblePlain {
  readonly plain: Buffer;
  readonly password: VaultPassword;
  /** What the text says that its password's id is. */
  readonly id?: string;
}

export interface DecryptAnsible {
  readonly passwords: readonly VaultPassword[];
  /** Only try passwords of the id that the text names. */
  readonly isIdMatched?: boolean;
  readonly place?: Place;
}

/** Decrypts an Ansible Vault text with whichever password fits, the one of its id first. Nothing unverified comes out. */
export function decryptAnsible(text: string, options: DecryptAnsible): AnsiblePlain {
  const envelope = readEnvelope(text);
  if ("wrong" in envelope) throw damaged(envelope.wrong, options);
  const candidates = inOrder(envelope, options);
  const password = candidates.find((candidate) => fits(envelope, candidate));
  if (!password) throw candidates.length > 0 ? noneFits(envelope, candidates, options) : noneGiven(envelope, options);
  const plain = unpad(decipher(envelope, password));
  if (!plain) throw damaged("its padding is wrong", options);
  return { plain, password, ...(envelope.id !== undefined && { id: envelope.id }) };
}

function inOrder({ id = "default" }: Envelope, { passwords, isIdMatched }: DecryptAnsible): readonly VaultPassword[] {
  const matching = passwords.filter((password) => password.id === id);
  return isIdMatched ? matching : [...matching, ...passwords.filter((password) => password.id !== id)];
}

function fits({ salt, mac, ciphertext }: Envelope, password: VaultPassword): boolean {
  return timingSafeEqual(createHmac("sha256", password.keysFor(salt).macKey).update(ciphertext).digest(), mac);
}

function decipher({ salt, ciphertext }: Envelope, password: VaultPassword): Buffer {
  const { cipherKey, counter } = password.keysFor(salt);
  return createDecipheriv("aes-256-ctr", cipherKey, counter).update(ciphertext);
}

function unpad(padded: Buffer): Buffer | undefined {
  const length = padded.at(-1) ?? 0;
  const isWhole = length >= 1 && length <= 16 && padded.subarray(-length).every((byte) => byte === length);
  return isWhole ? padded.subarray(0, -length) : undefined;
}

const at = ({ place }: DecryptAnsible) => (place ? { place } : {});

function damaged(why: string, options: DecryptAnsible): InputError {
  return new InputError({
    code: "vault/damaged",
    message: "this is no whole Ansible Vault text",
    ...at(options),
    detail: why,
    hint: "restore it from version control, or encrypt the value anew",
  });
}

function noneFits({ id }: Envelope, tried: readonly VaultPassword[], options: DecryptAnsible): InputError {
  return new InputError({
    code: "vault/refused",
    message: `this${named(id)} cannot be decrypted: no vault password fits, or it was changed since it was encrypted`,
    ...at(options),
    detail: `tried: ${[...new Set(tried.map((password) => password.id))].join(", ")}`,
    hint: giveOne(id),
  });
}

function noneGiven({ id }: Envelope, options: DecryptAnsible): InputError {
  const given = options.passwords.map((password) => password.id);
  return new InputError({
    code: "vault/no-password",
    message: `this${named(id)} is encrypted, and there is no vault password for it`,
    ...at(options),
    ...(given.length > 0 && { detail: `there are passwords for: ${[...new Set(given)].join(", ")}` }),
    hint: giveOne(id),
  });
}

const named = (id: string | undefined): string => (id === undefined ? "" : ` (vault id ${id})`);

const giveOne = (id: string | undefined): string =>
  id === undefined ? "--vault-password-file FILE gives a password" : `--vault-id ${id}@FILE gives its password`;
