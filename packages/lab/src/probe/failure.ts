import type { ErrorClass, WireFailure } from "./error-class.ts";
import { classifyFailure } from "./error-class.ts";

/** A request that got no whole answer, with all that is known about it. */
export class Failure extends Error {
  readonly error: ErrorClass;
  readonly isReused: boolean;
  readonly bytesReceived: number;
  readonly localPort: number | undefined;
  /** Whether the server may have got the request. */
  readonly isSent: boolean;

  constructor(failure: WireFailure & { detail?: string; localPort?: number | undefined; cause?: unknown }) {
    super(failure.detail ?? failure.code, { cause: failure.cause });
    this.error = classifyFailure(failure);
    this.isReused = failure.isReused;
    this.bytesReceived = failure.bytesReceived;
    this.localPort = failure.localPort;
    this.isSent = failure.phase === "exchange";
  }
}

/** Node's error code, or the message of an error that has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
