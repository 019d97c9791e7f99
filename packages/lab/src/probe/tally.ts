import { createHistogram } from "node:perf_hooks";
import type { Outcome } from "./outcome.ts";
import type { ClassReport, ErrorReport } from "./probe-report.ts";

/** Counts what became of the requests of one class, in bounded memory. */
export class Tally {
  sent = 0;
  ok = 0;
  readonly connections: ClassReport["connections"] = { opened: 0, closedWhileIdle: 0 };
  readonly #kind: string;
  readonly #samples: number;
  readonly #errors: ClassReport["errors"] = {};
  readonly #retried: ClassReport["retried"] = {};
  readonly #latency = createHistogram({ lowest: 1, highest: MOST_MICROSECONDS, figures: 3 });

  constructor(kind: string, samples: number) {
    this.#kind = kind;
    this.#samples = samples;
  }

  /** Times are milliseconds since the probe's start. */
  record(outcome: Outcome, { scheduledAt, now, answeredAt }: Moments): void {
    if (outcome.retriedAfter !== undefined) {
      this.#retried[outcome.retriedAfter] = (this.#retried[outcome.retriedAfter] ?? 0) + 1;
    }
    if (answeredAt !== undefined) {
      const microseconds = Math.round((answeredAt - scheduledAt) * 1000);
      this.#latency.record(Math.min(MOST_MICROSECONDS, Math.max(1, microseconds)));
    }
    if (outcome.error === undefined) this.ok += 1;
    else this.#recordError(outcome, this.#errorsOf(outcome.error, now), scheduledAt, now);
  }

  report(): ClassReport {
    const failed = Object.values(this.#errors).reduce((sum, { count }) => sum + count, 0);
    if (this.sent !== this.ok + failed) {
      throw new Error(
        `probe: ${this.#kind}: sent ${this.sent}, but ${this.ok} ok and ${failed} failed: a request was lost count of`,
      );
    }
    const ms = (microseconds: number) => (this.#latency.count === 0 ? 0 : microseconds / 1000);
    const at = (percentile: number) => ms(this.#latency.percentile(percentile));
    return {
      kind: this.#kind,
      sent: this.sent,
      ok: this.ok,
      errors: this.#errors,
      retried: this.#retried,
      latency: { count: this.#latency.count, p50: at(50), p90: at(90), p99: at(99), max: ms(this.#latency.max) },
      connections: this.connections,
    };
  }

  #errorsOf(error: NonNullable<Outcome["error"]>, now: number): ErrorReport {
    const report = this.#errors[error] ?? { count: 0, first: now, last: now, samples: [] };
    this.#errors[error] = report;
    return report;
  }

  #recordError(outcome: Outcome, report: ErrorReport, scheduledAt: number, failedAt: number): void {
    report.count += 1;
    report.last = failedAt;
    if (report.samples.length >= this.#samples) return;
    const { detail = "", isReused, bytesReceived, localPort, status, release } = outcome;
    const known = { localPort, status, release };
    const sample = { scheduledAt, failedAt, detail, isReused, bytesReceived };
    report.samples.push({
      ...sample,
      ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
    });
  }
}

interface Moments {
  scheduledAt: number;
  now: number;
  answeredAt: number | undefined;
}

const MOST_MICROSECONDS = 3_600_000_000;
