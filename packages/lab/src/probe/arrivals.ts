/** Moments at a fixed rate, decided beforehand: however late one is served, the next ones stay where they are. */
export class Arrivals {
  readonly #first: number;
  readonly #every: number;
  readonly #count: number;
  taken = 0;

  /** `seconds` may be infinite. `phase`, from 0 to 1, spreads classes of the same rate over the interval. */
  constructor({ start, rate, seconds, phase }: { start: number; rate: number; seconds: number; phase: number }) {
    this.#every = 1000 / rate;
    this.#first = start + phase * this.#every;
    this.#count = Math.max(1, Math.round(seconds * rate));
  }

  /** When the next one is, or was, due; undefined when all have been taken. */
  get next(): number | undefined {
    return this.taken < this.#count ? this.#first + this.taken * this.#every : undefined;
  }

  /** Takes the next one if it is due. */
  take(now: number): number | undefined {
    const { next } = this;
    if (next === undefined || next > now) return undefined;
    this.taken += 1;
    return next;
  }
}
