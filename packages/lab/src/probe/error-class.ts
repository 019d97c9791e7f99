/** The ways in which a request can fail, as a client sees them. */
export type ErrorClass =
  | "refused"
  | "connect-timeout"
  | "unreachable"
  | "tls"
  /** Reset or closed before the first byte of an answer. */
  | "rst-new"
  | "rst-reused-before-first-byte"
  /** HTTP/2's own word for a request that the server has not begun with: whoever asked does so again, whatever it was (RFC 9113 8.7). */
  | "refused-stream"
  /** Ended by any means after the first byte and before the last. */
  | "truncated"
  | "no-answer"
  | "protocol"
  | "5xx"
  /** Neither a success nor a 5xx. */
  | "status"
  | "wrong-release"
  | "late"
  /** The probe's own limits: too many under way, no free port or file descriptor. */
  | "overload";

/** Names what went wrong on the wire. */
export function classifyFailure(failure: WireFailure): ErrorClass {
  const { phase, code } = failure;
  if (PROBE_IS_SHORT_OF.has(code)) return "overload";
  if (phase === "connect") return CONNECT_CODES[code] ?? "unreachable";
  if (phase === "tls") return code === "TIMEOUT" ? "connect-timeout" : CONNECTION_LOST.has(code) ? "rst-new" : "tls";
  const said = SAID_BY_SERVER[code];
  if (said !== undefined) return said;
  if (failure.bytesReceived > 0) return "truncated";
  if (code === "TIMEOUT") return "no-answer";
  return failure.isReused ? "rst-reused-before-first-byte" : "rst-new";
}

export interface WireFailure {
  phase: "connect" | "tls" | "exchange";
  /** Node's error code, or END (the peer said FIN), TIMEOUT, PROTOCOL, STATUS, STATUS_5XX, REFUSED_STREAM. */
  code: string;
  isReused: boolean;
  /** Bytes of this answer. */
  bytesReceived: number;
}

const CONNECT_CODES: Record<string, ErrorClass> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "connect-timeout",
  TIMEOUT: "connect-timeout",
  ECONNRESET: "rst-new",
};
const SAID_BY_SERVER: Record<string, ErrorClass> = {
  PROTOCOL: "protocol",
  STATUS: "status",
  STATUS_5XX: "5xx",
  REFUSED_STREAM: "refused-stream",
};
const CONNECTION_LOST = new Set(["ECONNRESET", "EPIPE", "END"]);
const PROBE_IS_SHORT_OF = new Set(["EADDRNOTAVAIL", "EADDRINUSE", "EMFILE", "ENFILE", "ENOBUFS"]);
