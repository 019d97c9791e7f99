import type { Socket } from "node:net";
import { connect } from "node:net";
import { ConnectError } from "@evenkeel/core";
import type { SshSettings } from "../ssh-config/ssh-settings.ts";
import { explainTimeout, TOO_EARLY } from "./explain-failure.ts";
import { gatherWrites } from "./gather-writes.ts";

type Address = Pick<SshSettings, "name" | "hostname" | "port" | "family" | "connectTimeoutMs">;

/** Connects over TCP. `noDelay` holds from the first byte: else each exchange waits 40 ms for a delayed ACK. */
export function dial(address: Address, signal: AbortSignal): Promise<Socket> {
  const { hostname: host, port, family } = address;
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ host, port, ...(family && { family }), noDelay: true, keepAlive: true });
  gatherWrites(socket);
  const onAbort = () => {
    reject(explainTimeout(address, signal.reason as Error, "answer"));
    socket.destroy();
  };
  // The last one stays for ever: an error between two listeners must not end the process.
  socket.on("error", (error) => reject(explain(address, error)));
  socket.once("connect", () => resolve(socket));
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  return promise.finally(() => signal.removeEventListener("abort", onAbort));
}

const REASONS: Readonly<Record<string, readonly [code: string, what: string, hint: string]>> = {
  ENOTFOUND: ["connect/no-such-name", "has no address", "check the spelling, or give the host an address"],
  EAI_AGAIN: ["connect/no-such-name", "could not be looked up", "the name server did not answer: try again"],
  ECONNREFUSED: ["connect/refused", "refused the connection", "is sshd running there, and on this port?"],
  EHOSTUNREACH: ["connect/unreachable", "cannot be reached", "check the network and the host's address"],
  ENETUNREACH: ["connect/unreachable", "cannot be reached", "check the network and the host's address"],
  ETIMEDOUT: ["connect/timeout", "did not answer", "is the host up, and does a firewall let the port through?"],
  ECONNRESET: [TOO_EARLY, "closed the connection", "sshd does so when too many log in at once (MaxStartups)"],
};

function explain({ name, hostname, port }: Address, cause: Error): ConnectError {
  const error = cause instanceof AggregateError ? ((cause.errors[0] as Error | undefined) ?? cause) : cause;
  const [code, what, hint] = REASONS[(error as NodeJS.ErrnoException).code ?? ""] ?? [
    "connect/failed",
    "cannot be connected to",
    "see the detail",
  ];
  return new ConnectError({
    code,
    message: `${name === hostname ? "" : `${name} at `}${hostname}:${port} ${what}`,
    host: name,
    detail: error.message,
    hint,
    cause,
  });
}
