import type { Place } from "@evenkeel/core";

/** Tells where values are written: a YAML document does. */
export interface Whereabouts {
  readonly place: Place;
  placeOf(container: object, key: unknown, index?: number): Place | undefined;
  keyPlaceOf(container: object, key: unknown): Place | undefined;
  /** All of it was encrypted: its texts are secrets. */
  readonly isSecret?: boolean;
}

/** A variable's value as it was written, and where: `where` knows it as the value of `key` in `container`. */
export interface Variable {
  readonly value: unknown;
  readonly where: Whereabouts;
  readonly container: object;
  readonly key: unknown;
  /** It was worked out: whatever braces its texts hold, they are never templates. */
  readonly isData?: true;
}

/** Where a variable's value is written. */
export function placeOf({ where, container, key }: Variable): Place {
  return where.placeOf(container, key) ?? where.place;
}

/** A variable that stands at one place, as those of an INI file do. */
export function variableAt(value: unknown, place: Place, key: string): Variable {
  const where = new OnePlace(place);
  return { value, where, container: where, key };
}

/** The same for a value that was worked out. */
export function dataAt(value: unknown, place: Place, key: string): Variable {
  return { ...variableAt(value, place, key), isData: true };
}

class OnePlace implements Whereabouts {
  readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  placeOf(): Place {
    return this.place;
  }

  keyPlaceOf(): Place {
    return this.place;
  }
}

/** The entries of a mapping as variables. */
export function variablesOf(mapping: object, where: Whereabouts): [name: string, variable: Variable][] {
  const entries: [unknown, unknown][] = mapping instanceof Map ? [...mapping] : Object.entries(mapping);
  return entries.map(([key, value]) => [String(key), { value, where, container: mapping, key }]);
}
