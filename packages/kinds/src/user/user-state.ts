import type { Secret } from "@evenkeel/core";

/** What changes accounts on a host: the usual tools, or, where there are none, our own hand in its files. */
export type AccountTools = "shadow" | "files";

/** A user as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type UserState = AbsentUser | PresentUser;

export interface AbsentUser {
  readonly state: "absent";
  readonly tools?: AccountTools;
  /** The number of a group of that name, which is there. */
  readonly groupNumber?: number;
  /** A folder is where such a user's home would usually be. */
  readonly hasHome?: boolean;
}

export interface PresentUser {
  readonly state: "present";
  readonly tools?: AccountTools;
  readonly uid?: number;
  /** The primary group's name. */
  readonly group?: string;
  readonly gid?: number;
  /** The other groups, in alphabetical order. */
  readonly groups?: readonly string[];
  readonly home?: string;
  readonly hasHome?: boolean;
  readonly shell?: string;
  readonly comment?: string;
  /** As in /etc/shadow; only root can read it. A locked one begins with `!`. */
  readonly passwordHash?: Secret;
  readonly isLocked?: boolean;
  /** In days since 1970; -1: never. */
  readonly expiresOn?: number;
  /** In days; -1: not set. */
  readonly passwordMinDays?: number;
  readonly passwordMaxDays?: number;
  readonly passwordWarnDays?: number;
  readonly passwordInactiveDays?: number;
}
