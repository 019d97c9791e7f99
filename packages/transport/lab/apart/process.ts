import type { Duplex } from "node:stream";
import type { Connection } from "../../src/index.ts";
import { connect } from "../../src/index.ts";
import type { Request } from "./calls.ts";
import { readMessages, sendMessage } from "./messages.ts";

/** Connections in a process of their own, served over stdin and stdout: see connection-apart.ts. */
const connections = new Map<number, Connection>();
const aborts = new Map<number, AbortController>();
const tunnels = new Map<number, Duplex>();
const taken = new Map<number, () => void>();

for await (const message of readMessages(process.stdin)) {
  const request = message as Request;
  if (request.kind === "connect") connections.set(request.connection, connect(request.endpoint as never));
  else if (request.kind === "as") connections.set(request.connection, of(request.of).as(request.privilege as never));
  else if (request.kind === "abort") aborts.get(request.call)?.abort();
  else if (request.kind === "input") give(request.call, request.bytes);
  else void serve(request);
}
process.exit();

function of(number: number): Connection {
  return connections.get(number) as Connection;
}

function give(call: number, bytes: Buffer | undefined): void {
  taken.get(call)?.();
  if (bytes === undefined) tunnels.get(call)?.end();
  else tunnels.get(call)?.write(bytes);
}

async function serve({ call, connection, method, values }: Request & { kind: "call" }): Promise<void> {
  try {
    const result = await perform(of(connection), call, method, values);
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    sendMessage(process.stdout, { kind: "done", call, result, peakBytes });
  } catch (error) {
    const facts =
      error instanceof Error ? { ...error, name: error.name, message: error.message, cause: undefined } : {};
    sendMessage(process.stdout, { kind: "failed", call, error: facts });
  }
}

async function perform(on: Connection, call: number, method: string, [first, second, third]: readonly unknown[]) {
  const output = (stream: string, bytes?: Buffer) =>
    sendMessage(process.stdout, { kind: "output", call, stream, bytes });
  if (method === "job" || method === "follow") {
    const abort = new AbortController();
    aborts.set(call, abort);
    const limit = third === undefined ? {} : { outputLimit: Number(third) };
    const watch = { signal: abort.signal, ...limit, ...(second === true && { onOutput: output }) };
    return on[method](first as never, watch);
  }
  if (method === "get") {
    return on.get(String(first), async (bytes) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      taken.set(call, resolve);
      output("content", bytes);
      await promise;
    });
  }
  if (method === "tunnel") {
    const tunnel = await on.tunnel(first as never);
    tunnels.set(call, tunnel);
    tunnel.on("data", (bytes: Buffer) => output("tunnel", bytes)).on("error", () => output("tunnel"));
    tunnel.on("end", () => output("tunnel"));
    return undefined;
  }
  const act = on[method as "exchange"] as (...values: readonly unknown[]) => Promise<unknown>;
  return act.call(on, first, second);
}
