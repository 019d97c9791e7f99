import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostPort } from "@evenkeel/core";
import { ConnectError, StepError } from "@evenkeel/core";
import { listens } from "./connections.ts";

/** How long a stream that was opened may take to say that it was not. */
const SETTLED_MS = 150;

/** A stream to a port that the host can reach; nothing when nobody answers there in time. */
export async function openDoor(
  host: HostPort,
  { address, port, seconds }: { readonly address: string; readonly port: number; readonly seconds: number },
): Promise<Duplex | undefined> {
  const opening = host.tunnel({ host: address, port }).then(stays);
  const late = sleep(seconds * 1000, undefined, { ref: false });
  const stream = await Promise.race([opening, late]).catch((error: unknown) => refused(error));
  if (stream === undefined)
    opening.then((other) => other?.destroy()).catch(() => undefined); // Too late is not at all.
  else stream.on("error", () => stream.destroy());
  return stream;
}

/** Where tunnels are forbidden every port looks closed; so what listens must be seen another way. */
export async function demandTunnels(host: HostPort, address: string, port: number): Promise<void> {
  if (!(await listens(host, address, port))) return;
  throw new StepError({
    code: "wait_for/no-tunnel",
    message: `something listens at ${address}:${port}, but the host's SSH server opens no tunnel to it`,
    hint: "sshd_config must say AllowTcpForwarding yes (or local)",
  });
}

/** Some ways to a host tell only afterwards that nobody was there. */
async function stays(stream: Duplex): Promise<Duplex | undefined> {
  const { promise, resolve } = Promise.withResolvers<Duplex | undefined>();
  stream.once("error", () => resolve(undefined));
  stream.once("readable", () => resolve(stream));
  void sleep(SETTLED_MS, undefined, { ref: false }).then(() => resolve(stream));
  return promise;
}

function refused(error: unknown): undefined {
  if (error instanceof ConnectError && error.code === "connect/tunnel-refused") return undefined;
  if (error instanceof Error && "syscall" in error) return undefined;
  throw error;
}
