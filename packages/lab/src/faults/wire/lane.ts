import type { Socket } from "node:net";
import type { Parcel } from "./wire.ts";
import { Wire } from "./wire.ts";

/** Carries one direction of a connection: reads a socket into a wire, and hands over what comes out of it. */
export class Lane {
  readonly wire = new Wire();
  /** A moment (performance.now) before which nothing enters the wire: the sender would still be shaking hands. */
  notBefore = 0;
  readonly #from: Socket;
  readonly #options: LaneOptions;
  #isHeld = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(from: Socket, options: LaneOptions) {
    this.#from = from;
    this.#options = options;
    from.on("data", (bytes) => this.put({ kind: "data", bytes, depth: options.depth() }));
    from.on("end", () => this.put({ kind: "end" }));
  }

  put(parcel: Parcel): void {
    if (this.#isClosed) return;
    this.wire.put(parcel, Math.max(performance.now(), this.notBefore));
    this.pump();
  }

  /** Delivers everything that is due; call it again whenever something about the wire has changed. */
  pump(): void {
    this.#cancelWake();
    while (!this.#isHeld && !this.#isClosed) {
      const parcel = this.wire.take(performance.now(), this.#options.room());
      if (parcel === undefined) break;
      this.#options.deliver(parcel);
    }
    if (this.#isClosed) return;
    if (this.wire.isFull) this.#from.pause();
    else if (this.#from.isPaused()) this.#from.resume();
    if (!this.#isHeld) this.#wakeLater();
  }

  /** Nothing is delivered until `release`: the receiver cannot take more. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.pump();
  }

  /** Forgets what is queued; what still arrives is read and thrown away. */
  close(): void {
    this.#isClosed = true;
    this.#cancelWake();
    this.wire.clear();
    this.#from.resume();
  }

  #wakeLater(): void {
    const wait = this.wire.waitFrom(performance.now());
    if (wait === undefined) return;
    // A timer may be a millisecond late, which is 4 % of a 25 ms delay: the last stretch is waited for on the event loop.
    if (wait > 1.5) this.#timer = setTimeout(() => this.pump(), wait - 1);
    else this.#immediate = setImmediate(() => this.pump());
  }

  #cancelWake(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }
}

export interface LaneOptions {
  deliver(parcel: Parcel): void;
  /** How many bytes may still be delivered. */
  room(): number;
  /** The depth of what is being read now. */
  depth(): number;
}
