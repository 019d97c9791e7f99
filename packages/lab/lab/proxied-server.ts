import type { Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import type { FaultProxy, FaultProxyOptions } from "../src/faults/faults.ts";
import { createFaultProxy } from "../src/faults/faults.ts";

/** A real server on the loopback, a fault proxy before it, and clients: what the tests of the proxy play with. */
export class ProxiedServer {
  /** What the server does with each connection; it echoes until told otherwise. */
  serve: (socket: Socket) => void = echo;
  readonly served: Socket[] = [];
  readonly #clients: Socket[] = [];
  readonly #server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    this.served.push(socket);
    socket.on("error", () => socket.destroy());
    this.serve(socket);
  });
  #proxy: FaultProxy | undefined;

  get proxy(): FaultProxy {
    if (this.#proxy === undefined) throw new Error("open() the proxy first");
    return this.#proxy;
  }

  async open(options: Partial<FaultProxyOptions> = {}): Promise<FaultProxy> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    this.#proxy = await createFaultProxy({ target: { host: "127.0.0.1", port: address.port }, ...options });
    return this.#proxy;
  }

  async dial(): Promise<Socket> {
    const { host, port } = this.proxy;
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    this.#clients.push(socket);
    await new Promise((connected, failed) => socket.once("connect", connected).once("error", failed));
    socket.on("error", () => socket.destroy());
    return socket;
  }

  async close(): Promise<void> {
    await this.#proxy?.[Symbol.asyncDispose]();
    for (const socket of [...this.served, ...this.#clients]) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }
}

export function echo(socket: Socket): void {
  socket.setNoDelay(true).pipe(socket);
}

/** Sends, and waits for as many characters as were sent. */
export async function ask(socket: Socket, question: string): Promise<string> {
  let answer = "";
  socket.write(question);
  while (answer.length < question.length) answer += String(await nextBytes(socket));
  return answer;
}

export function nextBytes(socket: Socket): Promise<Buffer> {
  return new Promise((bytes) => socket.once("data", bytes));
}

export async function readAll(socket: Socket): Promise<Buffer> {
  const received: Buffer[] = [];
  for await (const bytes of socket) received.push(bytes);
  return Buffer.concat(received);
}

/** How a connection ends: "end", or the error's code. */
export function outcome(socket: Socket): Promise<string> {
  if (socket.listenerCount("data") === 0) socket.resume();
  return new Promise((ended) => {
    socket.once("end", () => ended("end"));
    socket.once("error", (error: NodeJS.ErrnoException) => ended(error.code ?? error.message));
  });
}

export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const from = performance.now();
  const result = await work();
  return { ms: performance.now() - from, result };
}
