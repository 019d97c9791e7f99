import { wrongType } from "./fault.ts";
import { Float } from "./float.ts";
import { hashKey } from "./hash-key.ts";
import { Tuple } from "./tuple.ts";

/**
 * A dict whose values are made when they are asked for, such as `hostvars`. `get` returns undefined when there is no such key.
 */
export class LazyDict {
  readonly keys: () => Iterable<string>;
  readonly get: (key: string) => unknown;

  constructor({ keys, get }: { readonly keys: () => Iterable<string>; readonly get: (key: string) => unknown }) {
    this.keys = keys;
    this.get = get;
  }
}

/** Plain objects come from data. A Map is what a template makes, and data whose keys are not all strings. */
export type Dict = Map<unknown, unknown> | LazyDict | Record<string, unknown>;

export function isDict(value: unknown): value is Dict {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Map || value instanceof LazyDict) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** undefined when there is no such key. */
export function dictGet(dict: Dict, key: unknown): unknown {
  if (dict instanceof Map) return dict.get(mapKey(dict, key));
  if (typeof key !== "string") return undefined;
  if (dict instanceof LazyDict) return dict.get(key);
  return Object.hasOwn(dict, key) ? dict[key] : undefined;
}

export function dictHas(dict: Dict, key: unknown): boolean {
  if (dict instanceof Map) return dict.has(mapKey(dict, key));
  if (typeof key !== "string") return false;
  if (!(dict instanceof LazyDict)) return Object.hasOwn(dict, key);
  for (const each of dict.keys()) if (each === key) return true;
  return false;
}

export function dictKeys(dict: Dict): unknown[] {
  if (dict instanceof Map) return [...dict.keys()];
  return dict instanceof LazyDict ? [...dict.keys()] : Object.keys(dict);
}

export function dictEntries(dict: Dict): (readonly [unknown, unknown])[] {
  if (dict instanceof Map) return [...dict];
  if (!(dict instanceof LazyDict)) return Object.entries(dict);
  return [...dict.keys()].map((key) => [key, dict.get(key)] as const);
}

export function dictValues(dict: Dict): unknown[] {
  return dictEntries(dict).map(([, value]) => value);
}

export function dictSize(dict: Dict): number {
  return dict instanceof Map ? dict.size : dictKeys(dict).length;
}

export function dictSet(dict: Dict, key: unknown, value: unknown): void {
  if (dict instanceof Map) dict.set(mapKey(dict, key), value);
  else if (dict instanceof LazyDict) throw wrongType("these variables cannot be changed");
  else if (typeof key === "string") setOwn(dict, key, value);
  else throw wrongType("a dict of data has only strings as keys");
}

export function dictDelete(dict: Dict, key: unknown): void {
  if (dict instanceof Map) dict.delete(mapKey(dict, key));
  else if (!(dict instanceof LazyDict) && typeof key === "string") delete dict[key];
}

/** Never what a setter of the prototype makes of it. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Equal numbers are one key, and so are equal tuples. */
function mapKey(map: ReadonlyMap<unknown, unknown>, key: unknown): unknown {
  if (typeof key === "string") return key;
  hashKey(key);
  if (key instanceof Float) return key.value;
  if (typeof key === "boolean") return !map.has(key) && map.has(Number(key)) ? Number(key) : key;
  if (key === 0 || key === 1) return !map.has(key) && map.has(key === 1) ? key === 1 : key;
  if (!(key instanceof Tuple) || map.has(key)) return key;
  const wanted = hashKey(key);
  for (const each of map.keys()) if (each instanceof Tuple && hashKey(each) === wanted) return each;
  return key;
}
