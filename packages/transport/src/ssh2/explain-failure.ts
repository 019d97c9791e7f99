import { ConnectError } from "@evenkeel/core";
import type { LoginKeys } from "../login/login-key.ts";
import type { Attempt } from "../login/login-sequence.ts";
import type { ServerHello } from "./server-hello.ts";

/** How far a connection had come: `connected` over TCP, `verified` after the key exchange. */
export type Progress = "connected" | "verified";

export interface Failure {
  readonly name: string;
  readonly progress: Progress;
  readonly hello: ServerHello;
  readonly error: Error | undefined;
  readonly attempts: readonly Attempt[];
  readonly methods: readonly string[] | undefined;
  readonly login: LoginKeys;
}

/** Codes of losses that a moment's patience may mend: nothing was agreed on, nothing was sent. */
export const TOO_EARLY = "connect/closed-early";

/** Says in words at which stage a handshake or a login ended, and what to do about it. */
export function explainFailure(failure: Failure): ConnectError {
  const { error, progress, hello, attempts } = failure;
  if (error instanceof ConnectError) return error;
  if (progress === "verified") return attempts.length > 0 ? explainRefusedLogin(failure) : explainLoss(failure);
  if (hello.software === undefined) return explainSilence(failure);
  return hello.kex.length > 0 && error !== undefined && isDisagreement(error)
    ? explainDisagreement(failure)
    : explainLoss(failure);
}

/** Says what a host was waited for too long; an abort for any other reason is that reason. */
export function explainTimeout(
  { name, connectTimeoutMs }: { readonly name: string; readonly connectTimeoutMs: number },
  reason: Error,
  waitedFor: string,
): Error {
  if (reason.name !== "TimeoutError") return reason;
  return new ConnectError({
    code: "connect/timeout",
    message: `${name} did not ${waitedFor} within ${connectTimeoutMs / 1000} s`,
    host: name,
    hint: "is the host up and idle enough, and does a firewall let SSH through? The time can be raised (connect timeout)",
  });
}

/** ssh2 marks the errors of its own handshake with this level; a lost socket has another. */
const isDisagreement = (error: Error): boolean => (error as { level?: string }).level === "handshake";

/** All that sshd ever says before its banner, when it has no time for us. */
const BUSY = /^(Not allowed at this time|Exceeded MaxStartups)/;

function explainSilence({ name, hello, error }: Failure): ConnectError {
  const said = hello.preamble.join("\n").slice(0, 300);
  const isNonsense = error !== undefined && (error as NodeJS.ErrnoException).code === undefined && !isLoss(error);
  if (isNonsense || (said && !BUSY.test(said))) return explainNonsense(name, said, error);
  return new ConnectError({
    code: TOO_EARLY,
    message: `${name} closed the connection before it said a word of SSH`,
    host: name,
    ...detail(said || error?.message),
    hint: "sshd does so when too many log in at once (MaxStartups) or after failed logins (PerSourcePenalties); is this SSH's port?",
    cause: error,
  });
}

/** ssh2's word for a stream that ended before the banner; what else it finds fault with is in the bytes. */
const isLoss = (error: Error): boolean => (error as { level?: string }).level === "protocol";

function explainNonsense(name: string, said: string, error: Error | undefined): ConnectError {
  return new ConnectError({
    code: "connect/not-ssh",
    message: `what answers at ${name} does not speak SSH`,
    host: name,
    ...detail(said || error?.message),
    hint: "is this the right address, and SSH's port?",
    cause: error,
  });
}

function explainDisagreement({ name, hello, error }: Failure): ConnectError {
  return new ConnectError({
    code: "connect/algorithms",
    message: `${name} and ssh2 have no common way to encrypt: ${error?.message}`,
    host: name,
    detail: [
      `its key exchanges  ${hello.kex.join(" ")}`,
      `its host keys      ${hello.hostKeys.join(" ")}`,
      `its ciphers        ${hello.ciphers.join(" ")}`,
      `its MACs           ${hello.macs.join(" ")}`,
    ].join("\n"),
    hint: "use transport: openssh (post-quantum exchanges and certificates need it); SHA-1 and CBC are refused on purpose",
    cause: error,
  });
}

function explainLoss({ name, progress, hello, error }: Failure): ConnectError {
  const when = progress === "connected" ? "during the key exchange" : "before the login";
  return new ConnectError({
    code: "connect/closed",
    message: `${name} closed the connection ${when}`,
    host: name,
    ...detail([hello.software, error?.message].filter(Boolean).join(": ")),
    hint: "its own log says why: journalctl -u ssh",
    cause: error,
  });
}

function explainRefusedLogin(failure: Failure): ConnectError {
  const { name, attempts, methods, login, error } = failure;
  const tried = attempts.map(({ what, outcome, why }) => `${what}: ${why ?? wording(outcome, error)}`);
  const [code, hint] = adviseLogin(failure);
  return new ConnectError({
    code,
    message: `${name} did not let us in`,
    host: name,
    detail: [...tried, ...login.notes, ...(methods ? [`the host takes: ${methods.join(", ")}`] : [])].join("\n"),
    hint,
    cause: error,
  });
}

const wording = (outcome: Attempt["outcome"], error: Error | undefined): string =>
  outcome === "not asked" ? `the connection ended${error ? ` (${error.message})` : ""}` : outcome;

const OURS = ["publickey", "password", "keyboard-interactive", "none"];

function adviseLogin({ methods, login, attempts }: Failure): readonly [code: string, hint: string] {
  const isForeign = methods !== undefined && !methods.some((method) => OURS.includes(method));
  if (isForeign || login.wouldOpensshHelp) return ["login/refused", "use transport: openssh, which can log in so"];
  if (attempts.every(({ what }) => what === "no credentials")) {
    return ["login/no-credentials", "give a key (identity file or agent) or a password for this host"];
  }
  return ["login/refused", "is the user right, and is the key in the host's ~/.ssh/authorized_keys?"];
}

const detail = (text: string | undefined) => (text ? { detail: text } : {});
