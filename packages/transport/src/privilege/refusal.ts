import { ConnectError } from "@evenkeel/core";
import type { Privilege } from "./privilege.ts";

const codes = {
  "wrong-password": "privilege/wrong-password",
  silent: "privilege/no-answer",
  ended: "privilege/refused",
};

/** Why becoming another user did not work: what can be told for sure, and the tool's own words for the rest. */
export function refusal(privilege: Privilege, what: keyof typeof codes, words: string): ConnectError {
  const { method, user, password } = privilege;
  // su ends after one wrong password; there is no second prompt to see.
  const isWrong = what === "wrong-password" || (what === "ended" && method === "su" && password !== undefined);
  const message = isWrong
    ? `${method} did not take the password for becoming ${user}; it was tried once`
    : `${method} did not let us become ${user}${what === "silent" ? ": it gave no answer in time" : ""}`;
  return new ConnectError({
    code: isWrong ? codes["wrong-password"] : codes[what],
    message,
    detail: words.trim(),
    hint: hints.find(({ says }) => says.test(words))?.hint ?? fallbackHints[method],
  });
}

/** Advice by what the tools say in the C locale; nothing but the advice hangs on it. */
const hints = [
  { says: /must have a tty/, hint: "remove `requiretty` for this user in /etc/sudoers" },
  {
    says: /tty is required|^doas: Authentication required/m,
    hint: "doas asks for passwords on terminals only: add `nopass` to doas.conf, or use sudo or su",
  },
  {
    says: /password is required|authentication is required/i,
    hint: "give the password (-K), or allow it without (NOPASSWD)",
  },
  { says: /not in the sudoers|may not run|not allowed/i, hint: "add this user to the sudoers of the host" },
  { says: /not found/, hint: "it is not installed on the host, or not in PATH" },
  { says: /unknown user|does not exist|no passwd entry/i, hint: "there is no such user on the host" },
];
const fallbackHints = {
  sudo: "try `sudo -n true` as the login user on the host",
  su: "give the password of the user to become (-K); su takes no other",
  doas: "see /etc/doas.conf on the host",
};
