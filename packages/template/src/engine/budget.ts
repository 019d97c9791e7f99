import { LimitReached } from "../python/fault.ts";
import type { Limits } from "./environment.ts";

/** How many steps go by between two looks at the clock. */
const CLOCK_EVERY = 1024;

/** What a template may still use up. */
export class Budget {
  readonly #limits: Limits;
  #steps = 0;
  #depth = 0;
  #output = 0;
  #deadline: number;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#deadline = performance.now() + limits.milliseconds;
  }

  step(): void {
    this.#steps++;
    if (this.#steps % CLOCK_EVERY !== 0) return;
    if (this.#steps > this.#limits.steps)
      throw new LimitReached(`the template takes more than ${this.#limits.steps} steps`);
    if (performance.now() > this.#deadline) {
      throw new LimitReached(`the template takes longer than ${this.#limits.milliseconds / 1000} s`);
    }
  }

  print(characters: number): void {
    this.#output += characters;
    if (this.#output > this.#limits.output) {
      throw new LimitReached(`the template prints more than ${this.#limits.output} characters`);
    }
  }

  /** Something within something: a macro that is called, a template that is included. */
  within<Result>(work: () => Result): Result {
    if (this.#depth >= this.#limits.depth)
      throw new LimitReached(`more than ${this.#limits.depth} calls within one another`);
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
    }
  }

  /** Waits for the world outside, which has deadlines of its own and does not count. */
  outside<Result>(work: () => Result): Result {
    const begun = performance.now();
    try {
      return work();
    } finally {
      this.#deadline += performance.now() - begun;
    }
  }
}
