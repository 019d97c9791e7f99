import type { Place } from "@evenkeel/core";

/** Tells where values are written: a YAML document, or whoever else gave them. */
export interface Whereabouts {
  readonly place: Place;
  placeOf(container: object, key: unknown, index?: number): Place | undefined;
  keyPlaceOf(container: object, key: unknown): Place | undefined;
  /** All of it was encrypted: its texts are secrets. */
  readonly isSecret?: boolean;
}

/** A value as it was written, and where. */
export class Written {
  readonly value: unknown;
  readonly where: Whereabouts;
  readonly #container: object | undefined;
  readonly #key: unknown;
  /** How far into the text in the file this one begins. */
  readonly #shift: number;

  constructor(value: unknown, where: Whereabouts, container?: object, key?: unknown, shift = 0) {
    this.value = value;
    this.where = where;
    this.#container = container;
    this.#key = key;
    this.#shift = shift;
  }

  get place(): Place {
    return this.placeAt(0);
  }

  /** Where a character of a text is written. */
  placeAt(index: number): Place {
    const at = this.#shift + index;
    if (this.#container === undefined) return this.where.place;
    return this.where.placeOf(this.#container, this.#key, at) ?? this.where.place;
  }

  /** Where a line and column of a text, counted from 1, are written. */
  placeIn(line: number, column: number): Place {
    const before = String(this.value)
      .split("\n")
      .slice(0, line - 1);
    return this.placeAt(before.reduce((sum, each) => sum + each.length + 1, column - 1));
  }

  get keyPlace(): Place {
    if (this.#container === undefined) return this.where.place;
    return this.where.keyPlaceOf(this.#container, this.#key) ?? this.place;
  }

  /** Nobody wrote it, and it stands for what somebody wrote here. */
  standingFor(value: unknown): Written {
    return new Written(value, this.where, this.#container, this.#key, this.#shift);
  }

  /** The same mapping with only some of its entries, and others. */
  withEntries(entries: readonly (readonly [string, Written])[]): Written {
    return this.standingFor(Object.fromEntries(entries));
  }

  /** A part of a text. */
  part(value: string, index: number): Written {
    return new Written(value, this.where, this.#container, this.#key, this.#shift + index);
  }

  get items(): readonly Written[] {
    const { value } = this;
    if (!Array.isArray(value)) return [];
    return value.map((each, index) => this.#within(each, value, index));
  }

  get entries(): readonly (readonly [string, Written])[] {
    const { value } = this;
    if (!isMapping(value)) return [];
    const pairs = value instanceof Map ? [...value] : Object.entries(value);
    return pairs.map(([key, each]) => [String(key), this.#within(each, value, key)]);
  }

  /** Where it passes through a module's result and is shown, what was written is. */
  toJSON(): unknown {
    return this.value;
  }

  get(key: string): Written | undefined {
    const { value } = this;
    if (value instanceof Map) return value.has(key) ? this.#within(value.get(key), value, key) : undefined;
    if (!isMapping(value) || !Object.hasOwn(value, key)) return undefined;
    return this.#within((value as Record<string, unknown>)[key], value, key);
  }

  /** What was put together of written values knows where each was written. */
  #within(value: unknown, container: object, key: unknown): Written {
    return value instanceof Written ? value : new Written(value, this.where, container, key);
  }
}

/** Something that nobody wrote into a file. */
export function given(value: unknown, place: Place): Written {
  const where: Whereabouts = { place, placeOf: () => place, keyPlaceOf: () => place };
  return new Written(value, where);
}

/** Data with keys: not a list, and none of the classes that stand for single values. */
export function isMapping(value: unknown): value is Record<string, unknown> | Map<unknown, unknown> {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Map) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
