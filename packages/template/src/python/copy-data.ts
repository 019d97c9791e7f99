import { dictEntries, isDict, LazyDict } from "./dict.ts";
import { NamedTuple, Tuple } from "./tuple.ts";

/** A copy of lists and dicts, and of those in them, that can be changed without anybody else seeing it. */
export function copyData(value: unknown): unknown {
  if (value instanceof NamedTuple) return value;
  if (value instanceof Tuple) return Tuple.from(value, copyData);
  if (Array.isArray(value)) return value.map(copyData);
  if (!isDict(value) || value instanceof LazyDict) return value;
  return new Map(dictEntries(value).map(([key, each]) => [key, copyData(each)]));
}
