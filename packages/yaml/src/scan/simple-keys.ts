import { Mistake } from "../mistakes/mistake.ts";
import type { Cursor } from "./cursor.ts";

/** A token that turns out to be a key if a colon follows it on its line. */
export interface SimpleKey {
  /** How many tokens come before it. */
  readonly index: number;
  readonly offset: number;
  readonly lineStart: number;
  readonly column: number;
  /** It stands where only a key can stand. */
  readonly isRequired: boolean;
}

/** At each level of brackets, the token that may be a key. */
export class SimpleKeys {
  readonly #levels: (SimpleKey | undefined)[] = [undefined];
  flowLevel = 0;

  enterFlow(): void {
    this.#levels.push(undefined);
    this.flowLevel++;
  }

  leaveFlow(): void {
    if (this.flowLevel === 0) return;
    this.#levels.pop();
    this.flowLevel--;
  }

  save(key: SimpleKey): void {
    this.remove();
    this.#levels[this.flowLevel] = key;
  }

  take(): SimpleKey | undefined {
    const key = this.#levels[this.flowLevel];
    this.#levels[this.flowLevel] = undefined;
    return key;
  }

  remove(): void {
    const key = this.take();
    if (key?.isRequired) throw noColon(key);
  }

  /** At the end of the text, nothing can become a key any more. */
  removeAll(): void {
    this.remove();
    this.#levels.fill(undefined);
  }

  /** A key and its colon stand on one line, not further than 1,024 characters apart. */
  dropOutlived({ lineStart, offset }: Cursor): void {
    for (let level = 0; level <= this.flowLevel; level++) {
      const key = this.#levels[level];
      if (key === undefined || (key.lineStart === lineStart && key.offset + 1024 >= offset)) continue;
      if (key.isRequired) throw noColon(key);
      this.#levels[level] = undefined;
    }
  }

  /** The first token that may yet get another before it. */
  get firstOpen(): number {
    for (let level = 0; level <= this.flowLevel; level++) {
      const key = this.#levels[level];
      if (key) return key.index;
    }
    return Number.POSITIVE_INFINITY;
  }
}

function noColon(key: SimpleKey): Mistake {
  return new Mistake("expected-key", "a colon is missing: this stands where a key is expected", key.offset);
}
