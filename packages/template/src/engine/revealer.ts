import { isUnsettled, REDACTED, Secret, UnsettledValue } from "@evenkeel/core";
import { dictEntries, isDict, LazyDict } from "../python/dict.ts";
import { checkLevel } from "../python/limits.ts";
import { Tuple } from "../python/tuple.ts";

/**
 * Takes secrets out of their wrappers where an expression needs their text, and remembers that it did. It also is where a
 * value that cannot be known yet ends everything.
 */
export class Revealer {
  /** What is being rendered has a secret's text in it. */
  hasRevealed = false;
  readonly #texts = new Set<string>();
  /** Lists and dicts in which there is none. */
  #plain = new WeakSet<object>();
  readonly #views = new WeakMap<LazyDict, LazyDict>();
  readonly #onReveal: ((text: string) => void) | undefined;

  constructor(onReveal?: (text: string) => void) {
    this.#onReveal = onReveal;
  }

  /** The same value if there is no secret in it. */
  reveal(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Secret) return this.#text(value);
    if (isUnsettled(value)) throw new UnsettledValue(value.unsettled);
    return this.#isPlain(value, 1) ? value : this.#revealed(value, new Map());
  }

  /** Something was changed in place, so what was known of it may be wrong. */
  forget(): void {
    this.#plain = new WeakSet();
  }

  /** A message without the texts of secrets. Very short ones would take everything with them. */
  conceal(message: string): string {
    let concealed = message;
    for (const text of this.#texts) {
      for (const form of [text, JSON.stringify(text).slice(1, -1)]) {
        if (form.length >= SHORTEST) concealed = concealed.replaceAll(form, REDACTED);
      }
    }
    return concealed;
  }

  #text(secret: Secret): string {
    const text = secret.reveal();
    this.hasRevealed = true;
    this.#texts.add(text);
    this.#onReveal?.(text);
    return text;
  }

  #isPlain(value: unknown, level: number): boolean {
    if (typeof value !== "object" || value === null) return true;
    if (value instanceof Secret || value instanceof LazyDict) return false;
    if (isUnsettled(value)) throw new UnsettledValue(value.unsettled);
    if (this.#plain.has(value)) return true;
    checkLevel(level);
    const parts = Array.isArray(value) ? value : isDict(value) ? dictEntries(value).map((entry) => entry[1]) : [];
    let isPlain = true;
    for (const part of parts) if (!this.#isPlain(part, level + 1)) isPlain = false;
    if (isPlain) this.#plain.add(value);
    return isPlain;
  }

  #revealed(value: unknown, known: Map<object, unknown>): unknown {
    if (value instanceof Secret) return this.#text(value);
    if (typeof value !== "object" || value === null || this.#plain.has(value)) return value;
    if (value instanceof LazyDict) return this.#view(value);
    const before = known.get(value);
    if (before !== undefined) return before;
    const revealed = this.#collection(value, known);
    known.set(value, revealed);
    return revealed;
  }

  #collection(value: object, known: Map<object, unknown>): unknown {
    if (value instanceof Tuple) return Tuple.from(value, (each) => this.#revealed(each, known));
    if (Array.isArray(value)) return value.map((each) => this.#revealed(each, known));
    if (!isDict(value)) return value;
    return new Map(dictEntries(value).map(([key, each]) => [key, this.#revealed(each, known)]));
  }

  /** What is in a lazy dict is looked at when it is asked for. */
  #view(lazy: LazyDict): LazyDict {
    const before = this.#views.get(lazy);
    if (before !== undefined) return before;
    const view = new LazyDict({ keys: lazy.keys, get: (key) => this.reveal(lazy.get(key)) });
    this.#views.set(lazy, view).set(view, view);
    return view;
  }
}

const SHORTEST = 4;
