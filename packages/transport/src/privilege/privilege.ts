import type { Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";

/** How to become another user on a host. */
export interface Privilege {
  readonly user: string;
  readonly method: "sudo" | "su" | "doas";
  readonly password?: Secret;
}

/** A name that is safe in any command line, and that `useradd` would take. */
export function checkUser(user: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?$/.test(user)) return user;
  throw new InputError({
    code: "privilege/user-name",
    message: `not a user's name: ${JSON.stringify(user)}`,
    hint: "letters, digits, `_`, `.` and `-`; a numeric id works too",
  });
}
