import { Secret } from "@evenkeel/core";
import { expect, test } from "vitest";
import { refusal } from "./refusal.ts";

const sudo = { user: "root", method: "sudo" } as const;
const su = { user: "db", method: "su", password: new Secret("x") } as const;
const doas = { user: "root", method: "doas" } as const;

test.each([
  [sudo, "ended", "sudo: a password is required", "privilege/refused", /-K/],
  [sudo, "ended", "sudo-rs: interactive authentication is required", "privilege/refused", /-K/],
  [sudo, "ended", "sudo: sorry, you must have a tty to run sudo", "privilege/refused", /requiretty/],
  [sudo, "ended", "plain is not in the sudoers file.", "privilege/refused", /sudoers/],
  [sudo, "ended", "Sorry, user plain may not run sudo on web.", "privilege/refused", /sudoers/],
  [sudo, "ended", "/bin/sh: 1: sudo: not found", "privilege/refused", /not installed/],
  [sudo, "ended", "sudo: unknown user nobody-knows", "privilege/refused", /no such user/],
  [
    su,
    "ended",
    "su: user db does not exist or the user entry does not contain all the required fields",
    "privilege/wrong-password",
    /no such user/,
  ],
  [su, "ended", "su: Authentication failure", "privilege/wrong-password", /su takes no other/],
  [
    { ...sudo, password: new Secret("x") },
    "wrong-password",
    "Sorry, try again.",
    "privilege/wrong-password",
    /sudo -n true/,
  ],
  [sudo, "silent", "", "privilege/no-answer", /sudo -n true/],
  [doas, "ended", "doas: Authentication required", "privilege/refused", /nopass/],
  [doas, "ended", "doas: a tty is required", "privilege/refused", /nopass/],
  [doas, "ended", "doas: Operation not permitted", "privilege/refused", /doas\.conf/],
] as const)("%j %s: %s", (privilege, what, words, code, hint) => {
  const error = refusal(privilege, what, words);
  expect(error).toMatchObject({ name: "ConnectError", code, detail: words, hint: expect.stringMatching(hint) });
  expect(error.message.includes("tried once")).toBe(code === "privilege/wrong-password");
});
