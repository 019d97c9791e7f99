import { dictEntries, isDict, LazyDict } from "./dict.ts";
import { checkLevel } from "./limits.ts";
import { NamedTuple, Tuple } from "./tuple.ts";

/** A copy of lists and dicts, and of those in them, that can be changed without anybody else seeing it. */
export function copyData(value: unknown): unknown {
  return copy(value, new Map(), 0);
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
  if (!isDict(value) || value instanceof LazyDict) return value;
  const dict = new Map<unknown, unknown>();
  known.set(value, dict);
  for (const [key, each] of dictEntries(value)) dict.set(key, copy(each, known, level + 1));
  return dict;
}
