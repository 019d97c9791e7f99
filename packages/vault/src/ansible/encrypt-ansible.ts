import { createCipheriv, createHmac, randomBytes } from "node:crypto";
import { writeEnvelope } from "./envelope.ts";
import type { VaultPassword } from "./vault-password.ts";

/** Encrypts as `ansible-vault` does. The salt is new each time: with AES in counter mode, one used twice gives both texts away. */
export function encryptAnsible(plain: Uint8Array, password: VaultPassword, id: string = password.id): string {
  const salt = randomBytes(32);
  const { cipherKey, macKey, counter } = password.keysFor(salt);
  // In this mode Node adds no padding; the format wants PKCS#7's.
  const padding = 16 - (plain.length % 16);
  const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  const ciphertext = createCipheriv("aes-256-ctr", cipherKey, counter).update(padded);
  const mac = createHmac("sha256", macKey).update(ciphertext).digest();
  return writeEnvelope({ id, salt, mac, ciphertext });
}
