import type { Secret } from "@evenkeel/core";

/** A user as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type UserState = { readonly state: "absent" } | PresentUser;

export interface PresentUser {
  readonly state: "present";
  readonly uid?: number;
  /** The primary group's name. */
  readonly group?: string;
  /** The other groups, in alphabetical order. */
  readonly groups?: readonly string[];
  readonly home?: string;
  readonly shell?: string;
  readonly comment?: string;
  /** As in /etc/shadow; only root can read it. */
  readonly passwordHash?: Secret;
}
