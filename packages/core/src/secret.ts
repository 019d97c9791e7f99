/** Stands wherever a secret would have been printed. */
export const REDACTED = "***";

/**
 * A value that must never be shown. It prints, serialises and inspects as `***`; only `reveal()` gives it up,
 * so that every place where a secret leaves its wrapper can be found by searching for that word.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return REDACTED;
  }
}
