import { isUnsettled, Secret, UnsettledValue } from "@evenkeel/core";
import { dictEntries, isDict, LazyDict } from "../python/dict.ts";
import { Tuple } from "../python/tuple.ts";

/**
 * Takes secrets out of their wrappers where an expression needs their text, and remembers that it did. It also is where a
 * value that cannot be known yet ends everything.
 */
export class Revealer {
  /** What is being rendered has a secret's text in it. */
  hasRevealed = false;
  /** Lists and dicts in which there is none. */
  #plain = new WeakSet<object>();

  /** The same value if there is no secret in it. */
  reveal(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Secret) {
      this.hasRevealed = true;
      return value.reveal();
    }
    if (isUnsettled(value)) throw new UnsettledValue(value.unsettled);
    if (this.#isPlain(value)) return value;
    this.hasRevealed = true;
    return this.#revealed(value);
  }

  /** Something was changed in place, so what was known of it may be wrong. */
  forget(): void {
    this.#plain = new WeakSet();
  }

  /** Lazy values are looked at when they are asked for. */
  #isPlain(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return true;
    if (value instanceof Secret) return false;
    if (isUnsettled(value)) throw new UnsettledValue(value.unsettled);
    if (value instanceof LazyDict || this.#plain.has(value)) return true;
    const parts = Array.isArray(value) ? value : isDict(value) ? dictEntries(value).map((entry) => entry[1]) : [];
    let isPlain = true;
    for (const part of parts) if (!this.#isPlain(part)) isPlain = false;
    if (isPlain) this.#plain.add(value);
    return isPlain;
  }

  #revealed(value: unknown): unknown {
    if (value instanceof Secret) return value.reveal();
    if (typeof value !== "object" || value === null || this.#plain.has(value)) return value;
    if (value instanceof Tuple) return Tuple.from(value, (each) => this.#revealed(each));
    if (Array.isArray(value)) return value.map((each) => this.#revealed(each));
    if (!isDict(value) || value instanceof LazyDict) return value;
    return new Map(dictEntries(value).map(([key, each]) => [key, this.#revealed(each)]));
  }
}
