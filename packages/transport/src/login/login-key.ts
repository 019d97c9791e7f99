import type { ParsedKey } from "ssh2";

/** A key that we may log in with, wherever its private half is. */
export interface LoginKey {
  /** For messages: `/home/me/.ssh/id_ed25519`, `agent key me@laptop`. */
  readonly label: string;
  readonly publicKey: ParsedKey;
  /** Signing costs a passphrase or a person's touch: ask first whether the host wants this key. */
  readonly isLocked: boolean;
  sign(data: Buffer, hash: SignatureHash | undefined): Promise<Buffer>;
}

/** RSA keys sign with one of these, never with SHA-1; other keys have their own. */
export type SignatureHash = "sha256" | "sha512";

/** Which keys there are to log in with, and what was left aside and why. */
export interface LoginKeys {
  readonly keys: readonly LoginKey[];
  readonly notes: readonly string[];
  /** Something was left aside that the system's ssh could use. */
  readonly wouldOpensshHelp: boolean;
}
