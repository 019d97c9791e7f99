import type { NetConnectOpts, Server, Socket } from "node:net";
import { createServer } from "node:net";
import type { ConnectionTraffic, Delivery } from "./proxied-connection.ts";
import { ProxiedConnection } from "./proxied-connection.ts";
import type { CutOptions, Direction, WireFaults } from "./wire-faults.ts";

/** A TCP proxy before `target` whose faults can be changed at any time, for all connections or for one. */
export async function createFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = new FaultProxy(options);
  if (options.rtt !== undefined) proxy.rtt(options.rtt);
  await proxy.accept();
  return proxy;
}

export interface FaultProxyOptions {
  target: { host: string; port: number } | { path: string };
  /** 127.0.0.1 and a free port when not given. */
  listen?: { host?: string; port?: number };
  /** Starts with the latency of a network with this round trip time, in milliseconds. */
  rtt?: number;
  /** Called for each new connection, before anything passes: the place to set faults of this one only. */
  onConnection?: (connection: ProxiedConnection) => void;
  /** Sees all bytes as they are delivered. */
  onBytes?: (delivery: Delivery) => void;
}

/** Faults set here hold for the connections there are and for those to come. */
export class FaultProxy implements WireFaults, AsyncDisposable {
  readonly host: string;
  #port: number;
  readonly #options: FaultProxyOptions;
  readonly #live = new Map<number, ProxiedConnection>();
  readonly #standing = new Map<string, (faults: WireFaults) => void>();
  readonly #past: ProxyTraffic = { connections: 0, toTarget: 0, toClient: 0, roundTrips: 0 };
  #server: Server | undefined;

  /** Use `createFaultProxy`, which also listens. */
  constructor(options: FaultProxyOptions) {
    this.#options = options;
    this.host = options.listen?.host ?? "127.0.0.1";
    this.#port = options.listen?.port ?? 0;
  }

  get port(): number {
    return this.#port;
  }

  /** The connections that are open now. */
  get connections(): ProxiedConnection[] {
    return [...this.#live.values()];
  }

  /** Sums over all connections since the start; a snapshot. */
  get traffic(): ProxyTraffic {
    const sum = { ...this.#past };
    for (const { traffic } of this.#live.values()) add(sum, traffic);
    return sum;
  }

  /** New connections are refused by the kernel; those there are live on. */
  async refuse(): Promise<void> {
    this.#server?.close();
    this.#server = undefined;
  }

  /** Listens (again), on the same port as before. */
  async accept(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer({ allowHalfOpen: true });
    server.on("connection", (socket) => this.#adopt(socket));
    this.#server = server;
    await new Promise<void>((listening, failed) => {
      server.once("error", (cause) => failed(this.#cannotListen(cause)));
      server.listen(this.#port, this.host, listening);
    });
    const address = server.address();
    if (address !== null && typeof address === "object") this.#port = address.port;
  }

  delay(ms: number, direction: Direction = "both"): void {
    this.#always(`delay ${direction}`, (faults) => faults.delay(ms, direction));
  }

  rtt(ms: number): void {
    this.delay(ms / 2);
  }

  throttle(bytesPerSecond: number, direction: Direction = "both"): void {
    this.#always(`throttle ${direction}`, (faults) => faults.throttle(bytesPerSecond, direction));
  }

  stall(direction: Direction = "both"): void {
    this.#always(`stall ${direction}`, (faults) => faults.stall(direction));
  }

  flow(direction: Direction = "both"): void {
    this.#always(`stall ${direction}`, (faults) => faults.flow(direction));
  }

  cutAfter(bytes: number, options: CutOptions = {}): void {
    this.#always(`cut ${options.direction ?? "both"}`, (faults) => faults.cutAfter(bytes, options));
  }

  reset(): void {
    for (const connection of this.#live.values()) connection.reset();
  }

  heal(): void {
    this.#standing.clear();
    for (const connection of this.#live.values()) connection.heal();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.refuse();
    const open = this.connections;
    this.reset();
    await Promise.all(open.map((connection) => connection.closed));
  }

  /** The last word on a thing holds, so it moves to the end: "delay both" undoes an earlier "delay toClient". */
  #always(thing: string, set: (faults: WireFaults) => void): void {
    this.#standing.delete(thing);
    this.#standing.set(thing, set);
    for (const connection of this.#live.values()) set(connection);
  }

  #adopt(socket: Socket): void {
    this.#past.connections += 1;
    const id = this.#past.connections;
    const target: NetConnectOpts = this.#options.target;
    const connection = new ProxiedConnection(id, socket, { target, onBytes: this.#options.onBytes });
    this.#live.set(id, connection);
    void connection.closed.then(() => {
      this.#live.delete(id);
      add(this.#past, connection.traffic);
    });
    for (const set of this.#standing.values()) set(connection);
    this.#options.onConnection?.(connection);
    connection.start();
  }

  #cannotListen(cause: Error): Error {
    return new Error(`fault proxy: cannot listen on ${this.host}:${this.#port}: ${cause.message}`, { cause });
  }
}

export interface ProxyTraffic extends ConnectionTraffic {
  connections: number;
}

function add(sum: ConnectionTraffic, one: ConnectionTraffic): void {
  sum.toTarget += one.toTarget;
  sum.toClient += one.toClient;
  sum.roundTrips += one.roundTrips;
}
