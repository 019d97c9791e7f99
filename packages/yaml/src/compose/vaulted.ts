import type { Place } from "@evenkeel/core";

/** An encrypted value (`!vault`), as it was written; whoever holds the key opens it when it is needed. */
export class Vaulted {
  readonly ciphertext: string;
  /** The vault id in its header (`$ANSIBLE_VAULT;1.2;AES256;label`). */
  readonly label: string | undefined;
  readonly place: Place;

  constructor(ciphertext: string, place: Place) {
    this.ciphertext = ciphertext;
    this.label = /^\s*\$ANSIBLE_VAULT;1\.2;[^;\n]*;([^;\s]+)/.exec(ciphertext)?.[1];
    this.place = place;
  }
}
