import type { Place } from "@evenkeel/core";
import type { Composed } from "./compose/documents.ts";
import { offsetAt } from "./scan/trace.ts";
import { traceScalar } from "./scan/trace-scalar.ts";

/** What a text says, and where it says it. */
export class YamlDocument {
  /** Strings, numbers, bigints, booleans, null, arrays, objects and Maps, and the classes that this package exports. */
  readonly value: unknown;
  readonly #composed: Composed;
  readonly #text: string;
  readonly #placeAt: (offset: number) => Place;

  constructor(composed: Composed, text: string, placeAt: (offset: number) => Place) {
    this.value = composed.value;
    this.#composed = composed;
    this.#text = text;
    this.#placeAt = placeAt;
  }

  /** Where the document begins. */
  get place(): Place {
    return this.#placeAt(this.#composed.start);
  }

  /**
   * Where a value is written that belongs to a list or mapping of this document. Of a string it is the first character
   * of its content, or the one at `index`, past quotes, escapes, folds and indentation.
   */
  placeOf(container: object, key: unknown, index?: number): Place | undefined {
    const { spots } = this.#composed;
    const start = spots.of(container, key)?.start;
    if (start === undefined) return undefined;
    const target = spots.aliases.get(start);
    if (index === undefined && target !== undefined) return this.#placeAt(start);
    return this.#placeAt(this.#inside(target ?? start, index ?? 0));
  }

  /** Where the key of a mapping's entry is written. */
  keyPlaceOf(container: object, key: unknown): Place | undefined {
    const start = this.#composed.spots.of(container, key)?.keyStart;
    return start === undefined ? undefined : this.#placeAt(start);
  }

  #inside(start: number, index: number): number {
    const inside = this.#composed.spots.blocks.get(start);
    if (inside !== undefined && index === 0) return inside;
    const sign = this.#text[start];
    const isQuoted = sign === '"' || sign === "'";
    if (inside === undefined && index === 0) return isQuoted ? start + 1 : start;
    return offsetAt(traceScalar(this.#text, start, inside), index) ?? start;
  }
}
