import type { PresentUser } from "./user-state.ts";

/** A user as it is to be; what is left out stays as it is, or is the host's default for a new one. */
export type DesiredUser = (Omit<PresentUser, "hasHome" | "gid" | "tools"> & NewUser) | RemovedUser;

interface RemovedUser {
  readonly state: "absent";
  /** The home folder goes too. */
  readonly removesHome?: boolean;
  /** Even while it is logged in. */
  readonly isForced?: boolean;
}

interface NewUser {
  /** Keep groups that are not named here. */
  readonly addsGroups?: boolean;
  /** A password is only for a new one. */
  readonly keepsPassword?: boolean;
  /** Make a home where there is none, as from the skeleton. */
  readonly createsHome?: boolean;
  readonly skeleton?: string;
  /** What is in the old home goes to the new one. */
  readonly movesHome?: boolean;
  /** For a new one: a number from the system's range. */
  readonly isSystem?: boolean;
  /** The number may be another's, too. */
  readonly sharesNumber?: boolean;
  /** For a new one: settings of login.defs, such as UMASK. */
  readonly defaults?: Readonly<Record<string, string>>;
}
