import type { ErrorClass } from "./error-class.ts";
import { Failure } from "./failure.ts";

/** What became of one request. Without `error` it went well. */
export interface Outcome {
  error?: ErrorClass;
  detail?: string;
  isReused: boolean;
  bytesReceived: number;
  /** performance.now() of the answer; not there when there was none, or when its time says nothing. */
  answeredAt?: number;
  localPort?: number;
  status?: number;
  release?: string;
  configGeneration?: string;
  body?: string;
  certificate?: string;
  /** How a first attempt failed that was repeated. */
  retriedAfter?: ErrorClass;
  /** The id of a POST. */
  postId?: string;
}

/** Turns what was thrown into an outcome; what is no `Failure` is a bug of the probe and goes on. */
export function failedOutcome(thrown: unknown): Outcome {
  if (!(thrown instanceof Failure)) throw thrown;
  const { error, message, isReused, bytesReceived, localPort } = thrown;
  return { error, detail: message, isReused, bytesReceived, ...(localPort !== undefined && { localPort }) };
}

/** Judges an answer that arrived whole by what was expected of it. */
export function judge(outcome: Outcome, { scheduledAt, lateAfter, releases }: Expectation): Outcome {
  const { error, status, release, answeredAt } = outcome;
  if (error !== undefined) return outcome;
  if (status !== undefined && status >= 500) return { ...outcome, error: "5xx", detail: `status ${status}` };
  if (status !== undefined && (status >= 300 || status < 200) && status !== 101) {
    return { ...outcome, error: "status", detail: `status ${status}` };
  }
  if (status !== undefined && !releases.some((allowed) => allowed?.includes(release ?? "") ?? true)) {
    return { ...outcome, error: "wrong-release", detail: `X-Release ${release ?? "is missing"}` };
  }
  if (answeredAt === undefined || answeredAt - scheduledAt <= lateAfter) return outcome;
  return { ...outcome, error: "late", detail: `answered after ${Math.round(answeredAt - scheduledAt)} ms` };
}

export interface Expectation {
  /** performance.now() */
  scheduledAt: number;
  lateAfter: number;
  /** The releases (undefined: any) that were allowed when the request was sent, and when it was answered. */
  releases: (string[] | undefined)[];
}
