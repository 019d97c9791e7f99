import type { NetConnectOpts } from "node:net";
import { Socket } from "node:net";
import { Lane } from "./lane.ts";
import { waitUntilSent } from "./wait-until-sent.ts";
import type { Parcel, Wire } from "./wire.ts";
import type { CutOptions, Direction, OneWay, WireFaults } from "./wire-faults.ts";

/** One connection through a fault proxy. */
export class ProxiedConnection implements WireFaults {
  readonly id: number;
  readonly traffic: ConnectionTraffic = { toTarget: 0, toClient: 0, roundTrips: 0 };
  readonly closed: Promise<void>;
  readonly #client: Socket;
  readonly #target = new Socket({ allowHalfOpen: true });
  readonly #options: ConnectionOptions;
  readonly #lanes: Record<OneWay, Lane>;
  readonly #cuts = new Map<Direction, { left: number; how: "fin" | "reset" }>();
  #depthAtTarget = 0;
  #isCut = false;

  constructor(id: number, client: Socket, options: ConnectionOptions) {
    this.id = id;
    this.#client = client;
    this.#options = options;
    // What the client sends after hearing an answer of depth n has depth n + 1; an answer is as deep as what its sender had heard.
    // Counting changes of direction instead would count one wait several times whenever both sides talk at once.
    this.#lanes = {
      toTarget: this.#lane("toTarget", client, this.#target, () => this.traffic.roundTrips + 1),
      toClient: this.#lane("toClient", this.#target, client, () => this.#depthAtTarget),
    };
    client.setNoDelay(true);
    this.#target.setNoDelay(true);
    client.on("error", () => this.#lanes.toTarget.put({ kind: "reset" }));
    this.#target.on("error", () => this.#lanes.toClient.put({ kind: "reset" }));
    const ends = [client, this.#target].map((socket) => new Promise((closed) => socket.once("close", closed)));
    this.closed = Promise.all(ends).then(() => this.#closeLanes());
  }

  /** Dials the target; called once the faults that a new connection begins with are in place. */
  start(): void {
    const { toTarget, toClient } = this.#lanes;
    // The kernel accepted at once, so the client's handshake took no time: what it would have taken is added here.
    toTarget.notBefore = performance.now() + toTarget.wire.delayMs + toClient.wire.delayMs;
    toTarget.put({ kind: "dial" });
  }

  delay(ms: number, direction: Direction = "both"): void {
    this.#change(direction, (wire) => {
      wire.delayMs = ms;
    });
  }

  rtt(ms: number): void {
    this.delay(ms / 2);
  }

  throttle(bytesPerSecond: number, direction: Direction = "both"): void {
    this.#change(direction, (wire) => {
      wire.bytesPerSecond = bytesPerSecond;
    });
  }

  stall(direction: Direction = "both"): void {
    this.#change(direction, (wire) => {
      wire.isStalled = true;
    });
  }

  flow(direction: Direction = "both"): void {
    this.#change(direction, (wire) => {
      wire.isStalled = false;
    });
  }

  cutAfter(bytes: number, { how = "reset", direction = "both" }: CutOptions = {}): void {
    this.#cuts.set(direction, { left: bytes, how });
    if (bytes <= 0) this.#cut(how);
  }

  reset(): void {
    this.#isCut = true;
    this.#closeLanes();
    abort(this.#client);
    abort(this.#target);
  }

  heal(): void {
    this.#cuts.clear();
    this.#change("both", (wire) => {
      wire.delayMs = 0;
      wire.bytesPerSecond = Number.POSITIVE_INFINITY;
      wire.isStalled = false;
    });
  }

  #lane(direction: OneWay, from: Socket, to: Socket, depth: () => number): Lane {
    const room = () => Math.min(...this.#cutsOf(direction).map((cut) => cut.left), Number.POSITIVE_INFINITY);
    const lane = new Lane(from, { room, depth, deliver: (parcel) => this.#deliver(parcel, direction, to) });
    to.on("drain", () => lane.release());
    return lane;
  }

  #deliver(parcel: Parcel, direction: OneWay, to: Socket): void {
    if (parcel.kind === "dial") {
      this.#lanes[direction].hold();
      to.connect(this.#options.target, () => this.#lanes[direction].release());
    } else if (parcel.kind === "end") to.end();
    else if (parcel.kind === "reset") abort(to);
    else if (to.writable) this.#deliverBytes(parcel, direction, to);
  }

  #deliverBytes({ bytes, depth }: Parcel & { kind: "data" }, direction: OneWay, to: Socket): void {
    this.traffic[direction] += bytes.length;
    if (direction === "toClient") this.traffic.roundTrips = Math.max(this.traffic.roundTrips, depth);
    else this.#depthAtTarget = Math.max(this.#depthAtTarget, depth);
    this.#options.onBytes?.({ connection: this.id, direction, at: performance.now(), bytes });
    if (!to.write(bytes)) this.#lanes[direction].hold();
    for (const cut of this.#cutsOf(direction)) {
      cut.left -= bytes.length;
      if (cut.left <= 0) this.#cut(cut.how);
    }
  }

  #cut(how: "fin" | "reset"): void {
    if (this.#isCut) return;
    this.#isCut = true;
    this.#closeLanes();
    for (const socket of [this.#client, this.#target]) {
      // A reset throws away what the kernel has not sent yet, and then the cut would not be at the promised byte.
      if (how === "reset") void waitUntilSent(socket).finally(() => abort(socket));
      else finish(socket);
    }
  }

  #closeLanes(): void {
    this.#lanes.toTarget.close();
    this.#lanes.toClient.close();
  }

  #cutsOf(direction: OneWay) {
    return [...this.#cuts].filter(([of]) => of === direction || of === "both").map(([, cut]) => cut);
  }

  #change(direction: Direction, change: (wire: Wire) => void): void {
    for (const one of ["toTarget", "toClient"] as const) {
      if (direction !== "both" && direction !== one) continue;
      change(this.#lanes[one].wire);
      this.#lanes[one].pump();
    }
  }
}

export interface ConnectionTraffic {
  /** Bytes delivered. */
  toTarget: number;
  toClient: number;
  /** How often the client had to wait for an answer before it could go on. */
  roundTrips: number;
}

export interface ConnectionOptions {
  target: NetConnectOpts;
  /** Sees all bytes as they are delivered. */
  onBytes?: ((delivery: Delivery) => void) | undefined;
}

export interface Delivery {
  connection: number;
  direction: OneWay;
  /** performance.now() */
  at: number;
  bytes: Buffer;
}

function abort(socket: Socket): void {
  // Only TCP can send a reset, and only a connected socket has somebody to send it to.
  if (socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
}

/** Says FIN and goes on reading: closing a socket that holds unread bytes would send a reset instead. */
function finish(socket: Socket): void {
  socket.end();
  const linger = setTimeout(() => socket.destroy(), 2000);
  socket.once("close", () => clearTimeout(linger));
}
