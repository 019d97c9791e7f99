import type { Place, Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { VaultPassword } from "../ansible/vault-password.ts";
import { ageBinary, ageRecipients } from "./age-binary.ts";
import { loadAge } from "./load-age.ts";

export interface AgePlain {
  readonly plain: Buffer;
  readonly openedBy: { readonly kind: "passphrase"; readonly password: VaultPassword } | AgeReaders;
}

interface AgeReaders {
  readonly kind: "identity";
  /** How many can read it; who they are, it does not tell. */
  readonly recipients: number;
}

export interface DecryptAge {
  /** Asked for only when the text needs one. */
  readonly identities: () => Promise<readonly Secret[]>;
  readonly passwords: readonly VaultPassword[];
  readonly place?: Place;
}

/** Decrypts an age text or file with whichever identity or passphrase fits. Every byte of it is authenticated. */
export async function decryptAge(data: string | Uint8Array, options: DecryptAge): Promise<AgePlain> {
  const age = await loadAge();
  const binary = ageBinary(data, age.armor);
  if ("wrong" in binary) throw damaged(binary.wrong, options);
  const { isPassphrase, count } = ageRecipients(binary);
  if (isPassphrase) return decryptWithPassphrase(binary, options);
  const identities = await options.identities();
  if (identities.length === 0) throw noIdentity(options);
  const decrypter = new age.Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity.reveal());
  try {
    return { plain: await decrypt(decrypter, binary), openedBy: { kind: "identity", recipients: count } };
  } catch (cause) {
    throw refused(`${count} can read it, and none of the ${identities.length} identities given is one`, cause, options);
  }
}

async function decryptWithPassphrase(binary: Uint8Array, options: DecryptAge): Promise<AgePlain> {
  const { Decrypter } = await loadAge();
  let cause: unknown;
  for (const password of options.passwords) {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(password.passphrase.reveal());
    try {
      return { plain: await decrypt(decrypter, binary), openedBy: { kind: "passphrase", password } };
    } catch (error) {
      cause = error;
    }
  }
  if (options.passwords.length === 0) throw noPassphrase(options);
  throw refused(`tried: ${options.passwords.map(({ id }) => id).join(", ")}`, cause, options);
}

type Decrypter = InstanceType<Awaited<ReturnType<typeof loadAge>>["Decrypter"]>;

async function decrypt(decrypter: Decrypter, binary: Uint8Array): Promise<Buffer> {
  return Buffer.from(await decrypter.decrypt(binary));
}

const at = ({ place }: DecryptAge) => (place ? { place } : {});

function damaged(why: string, options: DecryptAge): InputError {
  return new InputError({
    code: "vault/damaged",
    message: "this is no whole age text",
    ...at(options),
    detail: why,
    hint: "restore it from version control, or encrypt the value anew",
  });
}

function refused(tried: string, cause: unknown, options: DecryptAge): InputError {
  return new InputError({
    code: "vault/refused",
    message: "this age text cannot be decrypted: it is for somebody else, or was changed since it was encrypted",
    ...at(options),
    detail: `${tried} (${(cause as Error).message})`,
    hint: "give another key, or ask somebody who can read it to `evenkeel vault rekey` it for you as well",
    cause,
  });
}

function noIdentity(options: DecryptAge): InputError {
  return new InputError({
    code: "vault/no-identity",
    message: "this is encrypted with age, and there is no identity to decrypt it with",
    ...at(options),
    hint: "--age-identity FILE gives one; `evenkeel vault keygen` makes one",
  });
}

function noPassphrase(options: DecryptAge): InputError {
  return new InputError({
    code: "vault/no-password",
    message: "this is encrypted with age and a passphrase, and none was given",
    ...at(options),
    hint: "--vault-password-file FILE or --ask-vault-pass gives one",
  });
}
