import type { Context } from "../engine/context.ts";
import { intArgument } from "../python/arguments.ts";
import { add } from "../python/arithmetic.ts";
import { equals } from "../python/equals.ts";
import { TemplateFault, wrongType } from "../python/fault.ts";
import { hashKey, isHashable } from "../python/hash-key.ts";
import { iterate, listOf } from "../python/iterate.ts";
import { length } from "../python/length.ts";
import { checkItems } from "../python/limits.ts";
import { Undefined } from "../python/marker.ts";
import type { Native } from "../python/native.ts";
import { native, nativeIn } from "../python/native.ts";
import { order } from "../python/order.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { namedTuple } from "../python/tuple.ts";
import { attributeGetter, attributesGetter } from "./attribute-getter.ts";

const moving = { passesSecrets: "inside" } as const;

/** Jinja2's filters on lists. */
export const listFilters: Readonly<Record<string, Native>> = {
  length: native("value", length, moving),
  count: native("value", length, moving),
  list: native("value", listOf, moving),
  first: native("value", (value) => edge(iterate(value), "first"), moving),
  last: native("value", (value) => edge(listOf(value).reverse(), "last"), moving),
  reverse: native(
    "value",
    (value) => (typeof value === "string" ? Array.from(value).reverse().join("") : listOf(value).reverse()),
    moving,
  ),
  join: nativeIn("value d? attribute?", (context, value, separator = "", attribute) => {
    const get = attributeGetter(context, attribute);
    return Array.from(iterate(value), (each) => toText(get(each))).join(toText(separator));
  }),
  sum: nativeIn("value attribute? start?", (context, value, attribute, start = 0) => {
    const get = attributeGetter(context, attribute);
    if (typeof start === "string") throw wrongType("sum() can't sum strings [use ''.join(seq) instead]");
    return [...iterate(value)].reduce((sum, each) => add(sum, get(each)), start);
  }),
  min: nativeIn("value case_sensitive? attribute?", (context, value, isCaseSensitive, attribute) =>
    extreme(context, value, isCaseSensitive, attribute, -1),
  ),
  max: nativeIn("value case_sensitive? attribute?", (context, value, isCaseSensitive, attribute) =>
    extreme(context, value, isCaseSensitive, attribute, 1),
  ),
  sort: nativeIn(
    "value reverse? case_sensitive? attribute?",
    (context, value, isReversed = false, isCaseSensitive = false, attribute) => {
      const keysOf = attributesGetter(context, attribute, { ignoresCase: !isTrue(isCaseSensitive) });
      return sorted(listOf(value), keysOf, isTrue(isReversed));
    },
    moving,
  ),
  unique: nativeIn(
    "value case_sensitive? attribute?",
    (context, value, isCaseSensitive = null, attribute) =>
      unique(context, listOf(value), isCaseSensitive === null ? false : isTrue(isCaseSensitive), attribute),
    moving,
  ),
  groupby: nativeIn(
    "value attribute default? case_sensitive?",
    (context, value, attribute, otherwise, isCaseSensitive = false) => {
      const keyOf = attributeGetter(context, attribute, { otherwise, ignoresCase: !isTrue(isCaseSensitive) });
      const shownOf = attributeGetter(context, attribute, { otherwise });
      const groups: unknown[][] = [];
      let last: unknown;
      for (const each of sorted(listOf(value), (element) => [context.reveal(keyOf(element))], false)) {
        const key = context.reveal(keyOf(each));
        if (groups.length > 0 && equals(last, key)) groups.at(-1)?.push(each);
        else groups.push([each]);
        last = key;
      }
      return groups.map((list) => namedTuple({ grouper: shownOf(list[0]), list }));
    },
    moving,
  ),
  batch: native(
    "value linecount fill_with?",
    (value, count, fill = null) => batch(listOf(value), intArgument(count, "linecount"), fill),
    moving,
  ),
  slice: native(
    "value slices fill_with?",
    (value, count, fill = null) => slices(listOf(value), intArgument(count, "slices"), fill),
    moving,
  ),
};

export function unique(
  context: Context,
  list: readonly unknown[],
  isCaseSensitive: boolean,
  attribute?: unknown,
): unknown[] {
  const keyOf = attributeGetter(context, attribute, { ignoresCase: !isCaseSensitive });
  const seen = new Set<string>();
  const unhashable: unknown[] = [];
  return list.filter((each) => {
    const key = context.reveal(keyOf(each));
    if (isHashable(key)) return seen.size < seen.add(hashKey(key)).size;
    if (unhashable.some((other) => equals(other, key))) return false;
    return unhashable.push(key) > 0;
  });
}

/** Stable, by several keys. */
export function sorted<Element>(
  list: readonly Element[],
  keysOf: (element: Element) => readonly unknown[],
  isReversed: boolean,
): Element[] {
  const keyed = list.map((element) => ({ element, keys: keysOf(element) }));
  const compare = (a: readonly unknown[], b: readonly unknown[]) => {
    for (const [index, key] of a.entries()) {
      const by = order(key, b[index]);
      if (by !== 0) return by;
    }
    return 0;
  };
  keyed.sort((a, b) => (isReversed ? compare(b.keys, a.keys) : compare(a.keys, b.keys)));
  return keyed.map(({ element }) => element);
}

function edge(elements: Iterable<unknown>, which: string): unknown {
  for (const element of elements) return element;
  return new Undefined(`No ${which} item, sequence was empty.`);
}

function extreme(
  context: Context,
  value: unknown,
  isCaseSensitive: unknown,
  attribute: unknown,
  sign: number,
): unknown {
  const keyOf = attributeGetter(context, attribute, { ignoresCase: !isTrue(isCaseSensitive ?? false) });
  const [first, ...rest] = listOf(value);
  if (first === undefined) return new Undefined("No aggregated item, sequence was empty.");
  return rest.reduce((best, each) => (order(keyOf(each), keyOf(best)) * sign > 0 ? each : best), first);
}

function batch(list: readonly unknown[], count: number, fill: unknown): unknown[][] {
  if (count < 1) throw new TemplateFault("value", "linecount must be at least 1");
  checkItems(count);
  const rows: unknown[][] = [];
  for (let at = 0; at < list.length; at += count) rows.push(list.slice(at, at + count));
  const last = rows.at(-1);
  while (fill !== null && last !== undefined && last.length < count) last.push(fill);
  return rows;
}

function slices(list: readonly unknown[], count: number, fill: unknown): unknown[][] {
  if (count === 0) throw new TemplateFault("zero", "integer division or modulo by zero");
  checkItems(count);
  const size = Math.floor(list.length / count);
  const longer = list.length % count;
  let at = 0;
  return Array.from({ length: count }, (_, index) => {
    const end = at + size + (index < longer ? 1 : 0);
    const slice = list.slice(at, end);
    at = end;
    if (fill !== null && index >= longer) slice.push(fill);
    return slice;
  });
}
