import { InputError } from "@evenkeel/core";

/** What may be an argument of useradd, getent and the like, and a line of passwd. */
export function checkUserName(name: string): void {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?$/.test(name)) return;
  throw new InputError({
    code: "user/name",
    message: `not a user's name: ${JSON.stringify(name)}`,
    hint: "letters, digits, `_`, `.` and `-`",
  });
}
