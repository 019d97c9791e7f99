import { pbkdf2Sync } from "node:crypto";
import { Secret } from "@evenkeel/core";

/** What a password and a salt make. */
export interface VaultKeys {
  readonly cipherKey: Buffer;
  readonly macKey: Buffer;
  readonly counter: Buffer;
}

/** A password and the id that it goes by. It is bytes, as Ansible takes it, and need not be text. */
export class VaultPassword {
  readonly id: string;
  /** One character for each byte. */
  readonly #bytes: Secret;
  readonly #keys = new Map<string, VaultKeys>();

  constructor(id: string, bytes: Uint8Array) {
    this.id = id;
    this.#bytes = new Secret(Buffer.from(bytes).toString("latin1"));
  }

  /** The keys for a salt. Making them takes milliseconds, on purpose, so it is done once. */
  keysFor(salt: Buffer): VaultKeys {
    const name = salt.toString("latin1");
    const keys = this.#keys.get(name) ?? this.#derive(salt);
    this.#keys.set(name, keys);
    return keys;
  }

  /** The same as an age passphrase, which is text. */
  get passphrase(): Secret {
    return new Secret(this.#revealBytes().toString("utf8"));
  }

  isSameAs(other: VaultPassword): boolean {
    return this.#bytes.reveal() === other.#bytes.reveal();
  }

  #derive(salt: Buffer): VaultKeys {
    const bytes = pbkdf2Sync(this.#revealBytes(), salt, 10_000, 80, "sha256");
    return { cipherKey: bytes.subarray(0, 32), macKey: bytes.subarray(32, 64), counter: bytes.subarray(64) };
  }

  #revealBytes(): Buffer {
    return Buffer.from(this.#bytes.reveal(), "latin1");
  }
}
