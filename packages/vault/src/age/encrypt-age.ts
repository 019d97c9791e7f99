import { InputError } from "@evenkeel/core";
import type { VaultPassword } from "../ansible/vault-password.ts";
import { loadAge } from "./load-age.ts";

/** Who shall be able to read an age text. A passphrase stands alone: age mixes it with nothing. */
export type AgeReaders =
  | { readonly kind: "recipients"; readonly recipients: readonly string[] }
  | { readonly kind: "passphrase"; readonly password: VaultPassword };

/** Encrypts with age, as armoured text, which a YAML file can hold. */
export async function encryptAge(plain: Uint8Array, readers: AgeReaders): Promise<string> {
  const { Encrypter, armor } = await loadAge();
  const encrypter = new Encrypter();
  if (readers.kind === "passphrase") encrypter.setPassphrase(readers.password.passphrase.reveal());
  else for (const recipient of readers.recipients) add(encrypter, recipient);
  return armor.encode(await encrypter.encrypt(plain));
}

function add(encrypter: { addRecipient(recipient: string): void }, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new InputError({
      code: "vault/recipient",
      message: `${recipient} is no age recipient that we can encrypt to`,
      detail: (cause as Error).message,
      hint: "it looks like age1…; SSH keys and plugins need the age program itself",
      cause,
    });
  }
}
