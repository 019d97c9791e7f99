import type { Seen } from "./probe-report.ts";

/** Which values were seen, how often and when, for up to a thousand values; the rest is counted together. */
export class Sightings {
  readonly #seen = new Map<string, Seen>();

  see(value: string | undefined, at: number): void {
    if (value === undefined) return;
    const key = this.#seen.has(value) || this.#seen.size < MOST_VALUES ? value : "(others)";
    const seen = this.#seen.get(key) ?? { value: key, count: 0, first: at, last: at };
    seen.count += 1;
    seen.first = Math.min(seen.first, at);
    seen.last = Math.max(seen.last, at);
    this.#seen.set(key, seen);
  }

  report(): Seen[] {
    return [...this.#seen.values()].sort((one, other) => one.first - other.first);
  }
}

const MOST_VALUES = 1000;
