/** What can be done to the bytes of one connection, or of all. "both" when no direction is named. */
export interface WireFaults {
  /** One-way latency. Order is kept and throughput is not reduced. */
  delay(ms: number, direction?: Direction): void;
  /** The latency of a network with this round trip time: half of it each way, and a round trip for the TCP handshake. */
  rtt(ms: number): void;
  throttle(bytesPerSecond: number, direction?: Direction): void;
  /** Half-open: both sockets stay, nothing passes, not even the end of the stream. What was on its way is kept for `flow`. */
  stall(direction?: Direction): void;
  flow(direction?: Direction): void;
  /** Delivers exactly `bytes` more (of each connection, counted from now or from its start) and then ends the connection. */
  cutAfter(bytes: number, options?: CutOptions): void;
  /** A TCP reset to both sides, now. What was on its way is lost. */
  reset(): void;
  /** Takes back every fault set so far. */
  heal(): void;
}

export interface CutOptions {
  /** "reset" when not given. */
  how?: "fin" | "reset";
  /** Whose bytes count; "both" counts their sum. */
  direction?: Direction;
}

export type OneWay = "toTarget" | "toClient";
export type Direction = OneWay | "both";
