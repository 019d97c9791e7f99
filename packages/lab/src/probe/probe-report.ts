import type { ErrorClass } from "./error-class.ts";

/** What happened. `sent` is always `ok` plus `errors`, in each class and in the sum. Times are milliseconds since `startedAt`. */
export interface ProbeReport {
  startedAt: string;
  /** From the first scheduled request to the last. */
  seconds: number;
  sent: number;
  ok: number;
  errors: number;
  rate: { asked: number; achieved: number };
  /** How late the probe's own thread ran. Over 100 ms, `isDisturbed`: figures of such a run say little about the server. */
  lag: { p99: number; max: number };
  isDisturbed: boolean;
  /** By the class's name. */
  classes: Record<string, ClassReport>;
  /** The values of X-Release, of X-Config-Gen, of bodies' hashes and of certificates' serial numbers, with when each was seen. */
  releases: Seen[];
  configGenerations: Seen[];
  bodies: Seen[];
  certificates: Seen[];
  /** Ids of POSTs. What a server stored must hold all `acknowledged`, may hold `unknown`, and nothing else. */
  posts: { acknowledged: string[]; unknown: string[] };
}

export interface ClassReport {
  kind: string;
  sent: number;
  ok: number;
  errors: Partial<Record<ErrorClass, ErrorReport>>;
  /** First attempts that failed and were repeated, by how they failed. Not errors: the repeat's outcome is what counts. */
  retried: Partial<Record<ErrorClass, number>>;
  /** Of all answers, errors of class 5xx, status, wrong-release and late included; `count` says how many were measured. */
  latency: { count: number; p50: number; p90: number; p99: number; max: number };
  connections: { opened: number; closedWhileIdle: number };
}

export interface ErrorReport {
  count: number;
  first: number;
  last: number;
  samples: ErrorSample[];
}

export interface ErrorSample {
  scheduledAt: number;
  failedAt: number;
  detail: string;
  isReused: boolean;
  bytesReceived: number;
  localPort?: number;
  status?: number;
  release?: string;
}

export interface Seen {
  value: string;
  count: number;
  /** When the first and the last request were scheduled that were answered so. */
  first: number;
  last: number;
}
