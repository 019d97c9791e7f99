/** What to send where, as data: it is handed to the probe's own thread. Times are milliseconds unless named otherwise. */
export interface ProbeOptions {
  target: ProbeTarget;
  /** Requests per second, shared evenly by those request classes that name no rate of their own. */
  rate: number;
  classes: (RequestKind | TrafficClass)[];
  /** Seconds to send for; until `stop()` when not given. */
  seconds?: number;
  /** Which `X-Release` answers may carry; anything when not given. `probe.expectRelease` changes it while running. */
  expectRelease?: string | string[];
  /** An answer later than this, counted from the scheduled time, is an error of class `late`. 1000 when not given. */
  lateAfter?: number;
  /** 3000 when not given. */
  connectTimeout?: number;
  /** From the scheduled time to the end of the answer; 10 000 when not given. Slow transfers have their own length on top. */
  answerTimeout?: number;
  /** Requests under way at once; one more is not sent but counted as `overload`. 1000 when not given. */
  maxInFlight?: number;
  /** How many errors of each class are kept in full. 20 when not given. */
  samples?: number;
}

export interface ProbeTarget {
  host: string;
  port: number;
  /** For the classes `tls`, `http2` and those that say `tls: true`; 443 when not given. */
  tlsPort?: number;
  /** The Host header, and the name that the certificate must carry; `host` when not given. */
  serverName?: string;
  /** PEM of the authority to trust instead of the system's. */
  ca?: string;
  /** Accepts any certificate. */
  isInsecure?: boolean;
}

export type RequestKind = keyof KindOptions;

/** A class of traffic: its kind, its place in the report (`name`, the kind when not given) and its settings. */
export type TrafficClass = { [Kind in RequestKind]: { kind: Kind; name?: string } & KindOptions[Kind] }[RequestKind];

interface KindOptions {
  /** A new connection for each request. */
  "new-connection": Request;
  /** A new connection for each request, over TLS. */
  tls: Request;
  /** GET over kept connections; retried once, on a new connection, when a kept one closes before the first byte (RFC 9110 9.2.2). */
  "keep-alive-get": Request & Kept;
  /** POST over kept connections, each with an id of its own, never retried. */
  "keep-alive-post": Request & Kept;
  /** Requests multiplexed over one HTTP/2 connection, over TLS. */
  http2: Request;
  /** A body read slowly. `rate` counts transfers begun per second, 0.5 when not given. */
  "slow-download": Request & Slow;
  /** A body sent slowly. `rate` counts transfers begun per second, 0.5 when not given. */
  "slow-upload": Request & Slow & { bytes?: number };
  /** Held connections that are asked for a pong (or an echo). `rate` counts pings per second over all, `connections` when not given. */
  websocket: Request & Kept & { isEcho?: boolean };
  /** Held `text/event-stream` connections. */
  "event-stream": Omit<Request, "rate"> & Kept;
}

interface Request {
  /** "/" when not given. */
  path?: string;
  rate?: number;
  /** Speak TLS to `tlsPort`. */
  tls?: boolean;
}

interface Kept {
  /** How many are kept open. 8 when not given. */
  connections?: number;
}

interface Slow {
  /** How long one transfer takes. 20 when not given. */
  seconds?: number;
}
