import { monitorEventLoopDelay } from "node:perf_hooks";
import type { ProbeReport } from "./probe-report.ts";

/** How late this thread itself runs, so that its own hiccups are not blamed on the server. */
export class OwnLag {
  readonly #delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  start(): void {
    this.#delays.enable();
  }

  stop(): void {
    this.#delays.disable();
  }

  report(): Pick<ProbeReport, "lag" | "isDisturbed"> {
    const lag = { p99: milliseconds(this.#delays.percentile(99)), max: milliseconds(this.#delays.max) };
    return { lag, isDisturbed: lag.max > MOST_LAG_MS };
  }
}

/** The monitor measures, in nanoseconds, whole intervals of a timer of its own. */
function milliseconds(interval: number): number {
  return Math.max(0, interval / 1e6 - RESOLUTION_MS);
}

const RESOLUTION_MS = 10;
const MOST_LAG_MS = 100;
