import { Mistake } from "../mistakes/mistake.ts";
import type { Mapping, Spot, Spots } from "./spots.ts";
import { keysOf } from "./spots.ts";
import { Timestamp } from "./timestamp.ts";

/** A mapping while it is read: a plain object, or a Map when an object could not keep the order or the kind of its keys. */
export class MappingBuilder {
  #mapping: Mapping = {};
  #starts: number[] = [];
  /** What `<<` brings, of which the last counts most, and all less than own entries. */
  #merged: [key: unknown, value: unknown, spot: Spot][] = [];

  /** Adds an entry; gives where an earlier one with the same key is written. */
  add(key: unknown, value: unknown, { keyStart, start }: Spot): number | undefined {
    if (!(this.#mapping instanceof Map)) {
      if (typeof key !== "string" || isAwkward(key)) this.#mapping = new Map(Object.entries(this.#mapping));
      else if (!Object.hasOwn(this.#mapping, key)) {
        this.#mapping[key] = value;
        this.#starts.push(keyStart, start);
        return undefined;
      }
    }
    return this.#addSlowly(key, value, { keyStart, start });
  }

  merge(value: unknown, start: number, spots: Spots): void {
    const sources: readonly unknown[] = Array.isArray(value) ? value.toReversed() : [value];
    for (const source of sources) {
      if (!spots.isMapping(source)) {
        throw new Mistake("merge", "<< takes a mapping or a list of mappings", start, {
          hint: 'quote it, "<<", if it is meant to be a key',
        });
      }
      const starts = spots.startsOf(source);
      for (const [index, [key, each]] of entriesOf(source).entries()) {
        this.#merged.push([key, each, { keyStart: starts[2 * index] ?? start, start: starts[2 * index + 1] ?? start }]);
      }
    }
  }

  build(spots: Spots): Mapping {
    if (this.#merged.length > 0) this.#putMergedFirst();
    spots.addMapping(this.#mapping, this.#starts);
    return this.#mapping;
  }

  /** A key of another kind, or one that is there already: it keeps its place and gets the later value. */
  #addSlowly(key: unknown, value: unknown, { keyStart, start }: Spot): number | undefined {
    const keys = keysOf(this.#mapping);
    const found = keys.findIndex((each) => identity(each) === identity(key));
    if (found < 0) {
      (this.#mapping as Map<unknown, unknown>).set(key, value);
      this.#starts.push(keyStart, start);
      return undefined;
    }
    const earlier = this.#starts[2 * found];
    if (this.#mapping instanceof Map) this.#mapping.set(keys[found], value);
    else this.#mapping[key as string] = value;
    this.#starts.splice(2 * found, 2, keyStart, start);
    return earlier;
  }

  #putMergedFirst(): void {
    const own = entriesOf(this.#mapping);
    const starts = this.#starts;
    this.#mapping = {};
    this.#starts = [];
    for (const [key, value, spot] of this.#merged) this.add(key, value, spot);
    for (const [index, [key, value]] of own.entries()) {
      this.add(key, value, { keyStart: starts[2 * index] ?? 0, start: starts[2 * index + 1] ?? 0 });
    }
  }
}

function entriesOf(mapping: Mapping): [unknown, unknown][] {
  return mapping instanceof Map ? [...mapping.entries()] : Object.entries(mapping);
}

/** JavaScript puts keys that look like indexes first, and `__proto__` is no key at all. */
function isAwkward(key: string): boolean {
  const code = key.charCodeAt(0);
  if (code === 0x5f) return key === "__proto__";
  return code >= 0x30 && code <= 0x39 && /^(0|[1-9]\d{0,9})$/.test(key);
}

/** In Python, which Ansible is written in, true and 1 are one key; and days are equal when they are the same day. */
function identity(key: unknown): unknown {
  if (key instanceof Timestamp) return `timestamp ${key}`;
  return typeof key === "boolean" ? Number(key) : key;
}
