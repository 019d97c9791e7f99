import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { AgeReaders } from "./age/encrypt-age.ts";
import { encryptAge } from "./age/encrypt-age.ts";
import { encryptAnsible } from "./ansible/encrypt-ansible.ts";
import type { VaultPassword } from "./ansible/vault-password.ts";
import { encryptedForm } from "./encrypted-form.ts";

/** How something is to be encrypted, and so who can read it. */
export type Lock =
  | { readonly kind: "ansible-vault"; readonly password: VaultPassword; readonly id?: string }
  | AgeReaders;

/** Encrypts, as text. What is encrypted already is refused, since nobody means to do it twice. */
export async function encrypt(plain: Uint8Array, lock: Lock, place?: Place): Promise<string> {
  if (encryptedForm(plain) !== undefined) {
    throw new InputError({
      code: "vault/already-encrypted",
      message: "this is encrypted already",
      ...(place && { place }),
      hint: "`evenkeel vault rekey` gives it another key",
    });
  }
  return lock.kind === "ansible-vault" ? encryptAnsible(plain, lock.password, lock.id) : encryptAge(plain, lock);
}
