import { isUnsettled } from "@evenkeel/core";
import { dictEntries, isDict, LazyDict } from "./dict.ts";
import { checkLevel } from "./limits.ts";
import { NamedTuple, Tuple } from "./tuple.ts";

/** A copy of lists and dicts, and of those in them, that can be changed without anybody else seeing it. */
export function copyData(value: unknown, known = new Map<unknown, unknown>()): unknown {
  return copy(value, known, 0);
}

/** What is met again is copied once, as it is one thing still. */
function copy(value: unknown, known: Map<unknown, unknown>, level: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof NamedTuple) return value;
  if (known.has(value)) return known.get(value);
  checkLevel(level);
  if (Array.isArray(value)) {
    const list: unknown[] = value instanceof Tuple ? new Tuple() : [];
    known.set(value, list);
    for (const each of value) list.push(copy(each, known, level + 1));
    return list;
  }
  if (!isDict(value) || isUnsettled(value)) return value;
  const dict = value instanceof LazyDict ? lazyCopy(value, known) : new Map<unknown, unknown>();
  known.set(value, dict);
  if (dict instanceof LazyDict) return dict;
  for (const [key, each] of dictEntries(value)) dict.set(key, copy(each, known, level + 1));
  return dict;
}

/** What is in it is copied when it is asked for. */
function lazyCopy({ keys, get }: LazyDict, known: Map<unknown, unknown>): LazyDict {
  const copies = new Map<string, unknown>();
  const copied = (key: string) => {
    if (!copies.has(key)) copies.set(key, copy(get(key), known, 0));
    return copies.get(key);
  };
  return new LazyDict({ keys, get: copied });
}
