import { isUtf8 } from "node:buffer";
import { existsSync } from "node:fs";
import type { Place } from "@evenkeel/core";
import { InputError, InternalError, Secret } from "@evenkeel/core";
import { decryptAge } from "./age/decrypt-age.ts";
import { defaultIdentityFile, readIdentityFile } from "./age/identity-file.ts";
import { decryptAnsible } from "./ansible/decrypt-ansible.ts";
import type { VaultPassword } from "./ansible/vault-password.ts";
import type { AskSecret } from "./ask-secret.ts";
import { encryptedForm, latin1 } from "./encrypted-form.ts";
import type { PasswordSource } from "./passwords/password-source.ts";
import { readPassword } from "./passwords/read-password.ts";

export interface VaultSources {
  readonly passwords?: readonly PasswordSource[];
  /** Without any, the user's own is taken, if there is one. */
  readonly identityFiles?: readonly string[];
  readonly ask?: AskSecret;
  /** Only try the password whose id a text names. */
  readonly isIdMatched?: boolean;
}

/** What a text says, and what opened it. */
export interface Opened {
  readonly plain: Buffer;
  readonly openedBy:
    | { readonly kind: "ansible-vault"; readonly password: VaultPassword; readonly id?: string }
    | { readonly kind: "passphrase"; readonly password: VaultPassword }
    | { readonly kind: "identity"; readonly recipients: number };
}

/** Something encrypted, and where it stands. */
export interface Locked {
  readonly data: string | Uint8Array;
  readonly place?: Place;
}

/** Reads all passwords that are named, asking for those that must be asked for. */
export async function openVault(sources: VaultSources): Promise<Vault> {
  const passwords: VaultPassword[] = [];
  const vault = new Vault(passwords, sources);
  for (const source of sources.passwords ?? []) passwords.push(await readPassword(source, vault.forPasswordFiles));
  return vault;
}

/**
 * All keys of a run. What Ansible Vault encrypted is decrypted when it is asked for, and once. What age encrypted takes
 * an `unlock` before: its cryptography does not come at once.
 */
export class Vault {
  readonly passwords: readonly VaultPassword[];
  readonly #sources: VaultSources;
  readonly #opened = new Map<string, Opened | InputError>();
  #identities: Promise<readonly Secret[]> | undefined;

  constructor(passwords: readonly VaultPassword[], sources: VaultSources) {
    this.passwords = passwords;
    this.#sources = sources;
  }

  /** Decrypts what age encrypted among these, for `open` and `decrypt` to find. One that no key fits fails there, when it is needed. */
  async unlock(texts: Iterable<Locked>): Promise<void> {
    const distinct = new Map([...texts].map((text) => [latin1(text.data), text]));
    await Promise.all([...distinct.values()].map((text) => this.#unlockOne(text)));
  }

  /** What a text says. */
  decrypt(text: string, place?: Place): Secret {
    const { plain } = this.open(text, place);
    if (isUtf8(plain)) return new Secret(plain.toString("utf8"));
    throw new InputError({
      code: "vault/not-text",
      message: "what is encrypted here is no text, but bytes",
      ...(place && { place }),
      hint: "encrypt it as a file of its own, and copy that",
    });
  }

  /** What a text or file says, in bytes, and what opened it. */
  open(data: string | Uint8Array, place?: Place): Opened {
    const name = latin1(data);
    const opened = this.#opened.get(name) ?? this.#openAnsible(data, name, place);
    if (opened instanceof InputError) throw elsewhere(opened, place);
    return opened;
  }

  /** Whether there is anything to open an age text with; if not, there is no use in looking for some to `unlock`. */
  get opensAge(): boolean {
    return this.passwords.length > 0 || identityFilesOf(this.#sources).length > 0;
  }

  /** The private keys, read when the first is needed. */
  identities(): Promise<readonly Secret[]> {
    this.#identities ??= readIdentities(this.#sources);
    return this.#identities;
  }

  /** What reading a password may need of a vault that is only half there. */
  get forPasswordFiles() {
    return {
      ask: this.#sources.ask,
      decrypt: async (data: Buffer, file: string): Promise<Buffer> => {
        if (encryptedForm(data) === undefined) return data;
        await this.unlock([{ data }]);
        return this.open(data, { file }).plain;
      },
    };
  }

  #openAnsible(data: string | Uint8Array, text: string, place: Place | undefined): Opened {
    const form = encryptedForm(data);
    if (form === undefined) throw notEncrypted(place);
    if (form === "age") throw this.opensAge ? notUnlocked(place) : noAgeKey(place);
    const { isIdMatched = false } = this.#sources;
    const options = { passwords: this.passwords, isIdMatched, ...(place && { place }) };
    const { plain, ...openedBy } = decryptAnsible(text, options);
    const opened: Opened = { plain, openedBy: { kind: "ansible-vault", ...openedBy } };
    this.#opened.set(text, opened);
    return opened;
  }

  async #unlockOne({ data, place }: Locked): Promise<void> {
    const name = latin1(data);
    if (encryptedForm(data) !== "age" || this.#opened.has(name)) return;
    const options = { passwords: this.passwords, identities: () => this.identities(), ...(place && { place }) };
    try {
      this.#opened.set(name, await decryptAge(data, options));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#opened.set(name, error);
    }
  }
}

async function readIdentities(sources: VaultSources): Promise<readonly Secret[]> {
  const found: Secret[] = [];
  // One after the other, since each may ask for a passphrase.
  for (const file of identityFilesOf(sources)) found.push(...(await readIdentityFile(file, sources.ask)));
  return found;
}

function identityFilesOf({ identityFiles }: VaultSources): readonly string[] {
  if (identityFiles?.length) return identityFiles;
  const own = defaultIdentityFile();
  return existsSync(own) ? [own] : [];
}

/** The same text may stand in many places; each is told with its own. */
function elsewhere(error: InputError, place: Place | undefined): InputError {
  const { code, message, detail, hint, cause } = error;
  return new InputError({
    code,
    message,
    cause,
    ...(place && { place }),
    ...(detail !== undefined && { detail }),
    ...(hint !== undefined && { hint }),
  });
}

function notEncrypted(place: Place | undefined): InputError {
  return new InputError({
    code: "vault/not-encrypted",
    message: "this is not encrypted: it begins neither as an Ansible Vault nor as an age text does",
    ...(place && { place }),
  });
}

function noAgeKey(place: Place | undefined): InputError {
  return new InputError({
    code: "vault/no-identity",
    message: "this is encrypted with age, and there is neither an identity nor a passphrase to decrypt it with",
    ...(place && { place }),
    hint: "--age-identity FILE gives an identity, --vault-password-file FILE a passphrase",
  });
}

function notUnlocked(place: Place | undefined): InternalError {
  return new InternalError({
    code: "vault/not-unlocked",
    message: "an age text is to be read that was not unlocked before",
    ...(place && { place }),
  });
}
