import { ConnectError } from "@evenkeel/core";

/**
 * ssh's failure with ssh's words. It has one exit code for everything, so its words choose the code and the hint;
 * words that we do not know change nothing but the hint.
 */
export function explainSshFailure(name: string, words: string): ConnectError {
  const [, code, message, hint] = KNOWN.find(([phrase]) => words.includes(phrase)) ?? UNKNOWN;
  return new ConnectError({
    code,
    message: `${name} ${message}`,
    host: name,
    detail: words || "ssh ended without a word",
    hint,
  });
}

type Explanation = readonly [phrase: string, code: string, message: string, hint: string];

const OPEN_LINE = "is the host up, is sshd running there, and does a firewall let SSH through?";

const KNOWN: readonly Explanation[] = [
  ["ssh: not found", "connect/no-ssh", "cannot be reached: there is no ssh here", "install openssh-client"],
  ["REVOKED", "identity/revoked", "shows a host key that was revoked", "the host needs a new key"],
  [
    "IDENTIFICATION HAS CHANGED",
    "identity/changed",
    "shows another host key than the one that is known",
    "if the host was set up anew, forget the old key with ssh-keygen -R; if not, somebody may be between you and it",
  ],
  [
    "Host key verification failed",
    "identity/unknown",
    "is in no known_hosts file",
    "connect once by hand and compare the fingerprint with the host's own, or set trust: accept-new",
  ],
  ["Permission denied", "login/refused", "did not let us in", "is the user right, and is the key on the host?"],
  ["Too many authentication failures", "login/refused", "did not let us in", "name the right key as an identity file"],
  ["Could not resolve hostname", "connect/no-such-name", "has no address", "check the spelling"],
  ["Connection refused", "connect/refused", "refused the connection", OPEN_LINE],
  ["timed out", "connect/timeout", "did not answer", OPEN_LINE],
  ["No route to host", "connect/unreachable", "cannot be reached", OPEN_LINE],
  ["Network is unreachable", "connect/unreachable", "cannot be reached", OPEN_LINE],
  ["no matching", "connect/algorithms", "and ssh have no common way to encrypt", "see the detail"],
  ["Bad configuration option", "ssh-config/invalid", "cannot be reached: ssh_config is wrong", "see the detail"],
];

const UNKNOWN: Explanation = ["", "connect/failed", "could not be reached by ssh", "try it by hand with ssh -v"];
