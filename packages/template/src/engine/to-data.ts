import { Secret } from "@evenkeel/core";
import { OMIT } from "../omit.ts";
import { isDict, LazyDict, setOwn } from "../python/dict.ts";
import { wrongType } from "../python/fault.ts";
import { checkLevel } from "../python/limits.ts";
import { Marker } from "../python/marker.ts";
import { TemplateObject } from "../python/object.ts";
import { Range } from "../python/range.ts";
import { Tuple } from "../python/tuple.ts";

/**
 * A template's value as data for others: tuples are lists, dicts plain objects where their keys allow it, and what is
 * omitted is gone. With `isSecret` every text in it is one.
 */
export function toData(value: unknown, isSecret: boolean): unknown {
  return new Finisher(isSecret).finish(value);
}

class Finisher {
  readonly #isSecret: boolean;
  /** What is met again is the same again. */
  readonly #known = new Map<object, unknown>();
  #level = 0;

  constructor(isSecret: boolean) {
    this.#isSecret = isSecret;
  }

  finish(value: unknown): unknown {
    if (typeof value === "string") return this.#isSecret ? new Secret(value) : value;
    if (typeof value !== "object" || value === null || value === OMIT) return value;
    if (value instanceof Marker) return value.trip();
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    checkLevel(++this.#level);
    const data = this.#collection(value);
    this.#level--;
    this.#known.set(value, data);
    return data;
  }

  #collection(value: object): unknown {
    if (Array.isArray(value)) return this.#list(value);
    if (value instanceof Range) throw wrongType("a range is no value to keep", "make a list of it: | list");
    if (value instanceof TemplateObject && !value.isData) throw wrongType(`a ${value.typeName} is no value to keep`);
    if (value instanceof Map) return this.#map(value);
    if (value instanceof LazyDict || !isDict(value)) return value;
    const entries = Object.entries(value);
    const data = entries.map(([key, each]) => [key, this.finish(each)] as const);
    const isSame = data.every(([, each], index) => each === entries[index]?.[1] && each !== OMIT);
    return isSame ? value : plainObject(data);
  }

  #list(list: readonly unknown[]): unknown {
    const data = Array.from(list, (each) => this.finish(each));
    const isSame = !(list instanceof Tuple) && data.every((each, index) => each === list[index] && each !== OMIT);
    return isSame ? list : data.filter((each) => each !== OMIT);
  }

  #map(map: ReadonlyMap<unknown, unknown>): unknown {
    const entries = [...map].map(([key, each]) => [key, this.finish(each)] as const);
    return entries.every(([key]) => isPlainKey(key))
      ? plainObject(entries as [string, unknown][])
      : new Map(entries.filter(isKept));
  }
}

/** JavaScript sorts keys that look like numbers before all others; a dict has the order of its making. */
function isPlainKey(key: unknown): boolean {
  return typeof key === "string" && !/^(?:0|[1-9]\d*)$/.test(key);
}

function plainObject(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [key, value] of entries.filter(isKept)) {
    if (key === "__proto__") setOwn(object, key, value);
    else object[key] = value;
  }
  return object;
}

function isKept([, value]: readonly [unknown, unknown]): boolean {
  return value !== OMIT;
}
