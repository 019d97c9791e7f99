import type { ConnectError } from "@evenkeel/core";
import type { HostTrust } from "../endpoint.ts";
import { explainDistrust } from "./explain-distrust.ts";
import { isFingerprintOf } from "./fingerprint.ts";
import type { HostName, Verdict } from "./judge-host-key.ts";
import { judgeHostKey, knownKeyTypes } from "./judge-host-key.ts";
import type { KnownHost } from "./parse-known-hosts.ts";

/** Who is meant, what is known, and how far an unknown key is trusted. */
export interface Identity extends HostName {
  /** For messages. */
  readonly name: string;
  readonly user: string;
  readonly trust: HostTrust;
  readonly known: readonly KnownHost[];
  /** Where a new key would be written. */
  readonly knownHostsFile?: string;
}

/** Judges a host's key once, and holds the host to that key for as long as the connection lives. */
export class HostVerifier {
  readonly #identity: Identity;
  #pinned: Buffer | undefined;
  #refusal: ConnectError | undefined;
  #isNew = false;

  constructor(identity: Identity) {
    this.#identity = identity;
  }

  get knownKeyTypes(): string[] {
    return knownKeyTypes(this.#identity.known, this.#identity);
  }

  /** Why the last key was refused. */
  get refusal(): ConnectError | undefined {
    return this.#refusal;
  }

  /** The key to be written to known_hosts once the host has proven that it owns it. */
  get newKey(): Buffer | undefined {
    return this.#isNew ? this.#pinned : undefined;
  }

  /** ssh2 asks at every rekey: the first verdict stands, and only the same bytes pass again. */
  verify(shown: Buffer): boolean {
    if (this.#pinned !== undefined) {
      if (this.#pinned.equals(shown)) return true;
      this.#refusal = explainDistrust(this.#identity, shown, { kind: "rekeyed", pinned: this.#pinned });
      return false;
    }
    const verdict = judgeHostKey(this.#identity.known, { ...this.#identity, key: shown });
    if (!this.#isTrusted(verdict, shown)) {
      this.#refusal = explainDistrust(this.#identity, shown, verdict);
      return false;
    }
    this.#isNew = verdict.kind === "unknown" && this.#identity.trust.kind === "accept-new";
    // ssh2 hands out a view of its receive buffer.
    this.#pinned = Buffer.from(shown);
    return true;
  }

  #isTrusted(verdict: Verdict, shown: Buffer): boolean {
    const { trust } = this.#identity;
    if (verdict.kind === "revoked") return false;
    if (trust.kind === "fingerprint") return isFingerprintOf(trust.sha256, shown);
    return verdict.kind === "matched" || (verdict.kind === "unknown" && trust.kind === "accept-new");
  }
}
