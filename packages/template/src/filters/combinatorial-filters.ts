import { intArgument, optionalInt } from "../python/arguments.ts";
import { dictGet, dictHas, dictValues, isDict } from "../python/dict.ts";
import { TemplateFault, wrongType } from "../python/fault.ts";
import { iterate, listOf } from "../python/iterate.ts";
import { checkItems } from "../python/limits.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { repr } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { Tuple, tuple } from "../python/tuple.ts";

const moving = { passesSecrets: "inside" } as const;

/** Ansible's filters that put lists together and take them apart. */
export const combinatorialFilters: Readonly<Record<string, Native>> = {
  zip: native(
    "value *others strict?",
    (value, strict, others) => zip([value, ...(others as unknown[])], isTrue(strict ?? false)),
    moving,
  ),
  zip_longest: native(
    "value *others **named",
    (value, others, named) => {
      const fill = (named as Map<string, unknown>).get("fillvalue") ?? null;
      const lists = [value, ...(others as unknown[])].map(listOf);
      const size = Math.max(...lists.map((list) => list.length));
      return Array.from({ length: size }, (_, index) =>
        Tuple.from(lists, (list) => (index < list.length ? list[index] : fill)),
      );
    },
    moving,
  ),
  product: native(
    "value *others **named",
    (value, others, named) => {
      const repeat = optionalInt((named as Map<string, unknown>).get("repeat"), "repeat") ?? 1;
      const lists = [value, ...(others as unknown[])].map(listOf);
      return product(Array.from({ length: repeat }, () => lists).flat());
    },
    moving,
  ),
  permutations: native(
    "value r?",
    (value, r) => {
      const list = listOf(value);
      return [...arrangements(list, optionalInt(r, "r") ?? list.length, false)];
    },
    moving,
  ),
  combinations: native("value r", (value, r) => [...arrangements(listOf(value), intArgument(r, "r"), true)], moving),
  flatten: native(
    "value levels? skip_nulls?",
    (value, levels, skipsNulls = true) => flatten(value, optionalInt(levels, "levels"), isTrue(skipsNulls)),
    moving,
  ),
  subelements: native(
    "value subelements skip_missing?",
    (value, names, skipsMissing = false) => subelements(value, names, isTrue(skipsMissing)),
    moving,
  ),
};

function zip(values: readonly unknown[], isStrict: boolean): unknown[] {
  const lists = values.map(listOf);
  const sizes = lists.map((list) => list.length);
  if (isStrict && new Set(sizes).size > 1)
    throw new TemplateFault("value", "zip() arguments are not of the same length");
  return Array.from({ length: Math.min(...sizes) }, (_, index) => Tuple.from(lists, (list) => list[index]));
}

export function product(lists: readonly (readonly unknown[])[]): unknown[] {
  checkItems(lists.length * lists.reduce((count, list) => count * list.length, 1));
  return lists
    .reduce<unknown[][]>((made, list) => made.flatMap((row) => list.map((each) => [...row, each])), [[]])
    .map((row) => tuple(...row));
}

/** All ways to pick `size` elements: in the order of their places, or in every order. */
function* arrangements(list: readonly unknown[], size: number, isOrdered: boolean): Generator<Tuple> {
  let count = 0;
  function* pick(chosen: readonly number[]): Generator<Tuple> {
    if (chosen.length === size) {
      checkItems(++count * size);
      yield Tuple.from(chosen, (index) => list[index]);
      return;
    }
    const from = isOrdered ? (chosen.at(-1) ?? -1) + 1 : 0;
    for (let index = from; index < list.length; index++)
      if (isOrdered || !chosen.includes(index)) yield* pick([...chosen, index]);
  }
  if (size < 0) throw new TemplateFault("value", "r must be non-negative");
  yield* pick([]);
}

export function flatten(value: unknown, levels = Number.POSITIVE_INFINITY, skipsNulls = true): unknown[] {
  const flat: unknown[] = [];
  let seen = 0;
  const take = (elements: Iterable<unknown>, left: number) => {
    for (const each of elements) {
      checkItems(++seen);
      if (skipsNulls && (each === null || each === "None" || each === "null")) continue;
      if (Array.isArray(each) && left >= 1) take(each, left - 1);
      else flat.push(each);
    }
  };
  take(iterate(value), levels);
  return flat;
}

function subelements(value: unknown, names: unknown, skipsMissing: boolean): unknown[] {
  if (!isDict(value) && !Array.isArray(value)) throw wrongType("obj must be a list of dicts or a nested dict");
  if (typeof names !== "string" && !Array.isArray(names)) throw wrongType("subelements must be a list or a string");
  const path: readonly unknown[] = typeof names === "string" ? names.split(".") : names;
  const elements = isDict(value) ? dictValues(value) : value;
  return elements.flatMap((element) => subelementsOf(element, path, skipsMissing).map((each) => tuple(element, each)));
}

function subelementsOf(element: unknown, path: readonly unknown[], skipsMissing: boolean): readonly unknown[] {
  let values = element;
  for (const name of path) {
    if (!isDict(values)) throw wrongType(`the key ${String(name)} should point to a dictionary, got '${repr(values)}'`);
    if (!dictHas(values, name)) {
      if (skipsMissing) return [];
      throw new TemplateFault("key", `could not find '${String(name)}' key in iterated item ${repr(values)}`);
    }
    values = dictGet(values, name);
  }
  if (!Array.isArray(values))
    throw wrongType(`the key ${repr(path.at(-1))} should point to a list, got ${repr(values)}`);
  return values;
}
