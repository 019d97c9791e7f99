import type { Secret } from "@evenkeel/core";
import type { Flavour, Unreached } from "../door/reply.ts";

/** An account as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type UserState = AbsentUser | PresentUser | Unreached;

export interface AbsentUser {
  readonly state: "absent";
  readonly flavour?: Flavour;
}

/** What a connection must have: nothing, any TLS, a certificate that the server can check; other is what we do not set. */
export type TlsDemand = "none" | "any" | "x509" | "other";

export interface PresentUser {
  readonly state: "present";
  readonly flavour?: Flavour;
  readonly plugin?: string;
  readonly tls?: TlsDemand;
  /** What the server keeps of the password, in hexadecimal. */
  readonly stored?: Secret;
  /** Only of one that is to be; the second is what a server keeps of a password. */
  readonly password?: Secret;
  readonly hash?: Secret;
}

export interface DesiredUser {
  readonly state: "present" | "absent";
  readonly password?: Secret;
  readonly hash?: Secret;
  readonly plugin?: string;
  readonly tls?: Exclude<TlsDemand, "other">;
  /** The password is only for a new account. */
  readonly keepsPassword?: boolean;
}
