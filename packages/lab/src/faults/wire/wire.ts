/** One direction of a connection: what is put in comes out later, in order and no faster than asked. Time is handed in. */
export class Wire {
  delayMs = 0;
  bytesPerSecond = Number.POSITIVE_INFINITY;
  isStalled = false;
  #parcels: { parcel: Parcel; dueAt: number }[] = [];
  #queuedBytes = 0;
  #allowance = 0;
  #allowanceAt = 0;

  put(parcel: Parcel, now: number): void {
    this.#parcels.push({ parcel, dueAt: now + this.delayMs });
    if (parcel.kind === "data") this.#queuedBytes += parcel.bytes.length;
  }

  /** The next parcel that is due, at most `room` bytes of it; undefined when nothing may pass yet. */
  take(now: number, room = Number.POSITIVE_INFINITY): Parcel | undefined {
    const head = this.#parcels[0];
    if (head === undefined || this.isStalled || head.dueAt > now) return undefined;
    if (head.parcel.kind !== "data") {
      this.#parcels.shift();
      return head.parcel;
    }
    const { bytes, depth } = head.parcel;
    // The epsilon: fractions that add up to one byte must not miss it by rounding.
    const length = Math.min(bytes.length, room, Math.floor(this.#refill(now) + 1e-6));
    if (length < 1) return undefined;
    if (length === bytes.length) this.#parcels.shift();
    else head.parcel = { kind: "data", bytes: bytes.subarray(length), depth };
    this.#queuedBytes -= length;
    this.#allowance -= length;
    return { kind: "data", bytes: bytes.subarray(0, length), depth };
  }

  /** Milliseconds until `take` may have something; undefined when only a new parcel or `isStalled = false` can change that. */
  waitFrom(now: number): number | undefined {
    const head = this.#parcels[0];
    if (head === undefined || this.isStalled) return undefined;
    const untilDue = head.dueAt - now;
    if (untilDue > 0 || head.parcel.kind !== "data") return Math.max(0, untilDue);
    const slice = Math.min(head.parcel.bytes.length, Math.max(1, (this.bytesPerSecond * SLICE_MS) / 1000));
    const missing = Math.ceil(slice) - this.#refill(now);
    return missing > 1e-6 ? (missing * 1000) / this.bytesPerSecond : 0;
  }

  /** True when the sender must wait. A delayed wire holds what a long road would hold, so a delay alone costs no throughput. */
  get isFull(): boolean {
    const inFlight = Math.min(MOST_IN_FLIGHT, (this.bytesPerSecond * this.delayMs) / 1000);
    return this.#queuedBytes >= BUFFER + (this.delayMs === 0 ? 0 : inFlight);
  }

  clear(): void {
    this.#parcels = [];
    this.#queuedBytes = 0;
  }

  #refill(now: number): number {
    if (this.bytesPerSecond === Number.POSITIVE_INFINITY) {
      this.#allowance = 0;
      this.#allowanceAt = now;
      return Number.POSITIVE_INFINITY;
    }
    const earned = ((now - this.#allowanceAt) * this.bytesPerSecond) / 1000;
    this.#allowance = Math.min(this.#allowance + earned, Math.max(2, (this.bytesPerSecond * BURST_MS) / 1000));
    this.#allowanceAt = now;
    return this.#allowance;
  }
}

/** `depth` counts the round trips that led to these bytes; see ProxiedConnection. */
export type Parcel =
  | { kind: "data"; bytes: Buffer; depth: number }
  | { kind: "dial" }
  | { kind: "end" }
  | { kind: "reset" };

const BUFFER = 256 * 1024;
const MOST_IN_FLIGHT = 32 * 1024 * 1024;
const SLICE_MS = 20;
/** More than a slice, so that a late timer costs no throughput; little, so that silence saves up no burst. */
const BURST_MS = 100;
