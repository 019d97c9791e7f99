import type { Context } from "../engine/context.ts";
import { contains } from "../python/contains.ts";
import { hashKey, isHashable } from "../python/hash-key.ts";
import { listOf } from "../python/iterate.ts";
import type { Native } from "../python/native.ts";
import { nativeIn } from "../python/native.ts";
import { unique } from "./list-filters.ts";

type Test = (value: unknown) => boolean;

/**
 * Ansible's filters on lists as sets. Python's own order of sets is arbitrary; ours is that of the lists.
 */
export const setFilters: Readonly<Record<string, Native>> = {
  union: combining((a, b) => [...a, ...b]),
  intersect: combining((a, _b, _isInA, isInB) => a.filter(isInB)),
  difference: combining((a, _b, _isInA, isInB) => a.filter((each) => !isInB(each))),
  symmetric_difference: combining((a, b, isInA, isInB) => [
    ...a.filter((each) => !isInB(each)),
    ...b.filter((each) => !isInA(each)),
  ]),
};

function combining(
  combine: (a: readonly unknown[], b: readonly unknown[], isInA: Test, isInB: Test) => readonly unknown[],
): Native {
  return nativeIn("a b", (context, a, b) => {
    const [left, right] = [listOf(a), listOf(b)];
    return once(context, combine(left, right, membership(left), membership(right)));
  });
}

function once(context: Context, list: readonly unknown[]): unknown[] {
  return unique(context, list, true);
}

function membership(list: readonly unknown[]): Test {
  if (!list.every(isHashable)) return (value) => contains(list, value);
  const keys = new Set(list.map(hashKey));
  return (value) => isHashable(value) && keys.has(hashKey(value));
}
