import { randomInt } from "node:crypto";
import { flatten, product } from "../filters/combinatorial-filters.ts";
import { dictEntries, isDict } from "../python/dict.ts";
import { wrongType, wrongValue } from "../python/fault.ts";
import { listOf } from "../python/iterate.ts";
import { repr } from "../python/repr.ts";
import { tuple } from "../python/tuple.ts";
import type { Lookup } from "./lookup.ts";

const nested: Lookup = (terms) => {
  if (terms.length === 0) throw wrongValue("with_nested requires at least one element in the nested list");
  return product(terms.map(listOf)).map((row) => flatOnce(row as unknown[]));
};

/** Lookups that make lists of lists and dicts. */
export const listLookups: Readonly<Record<string, Lookup>> = {
  items: flatOnce,
  list: (terms) => terms,
  flattened: (terms) => flatten(terms),
  indexed_items: (terms) => flatOnce(terms).map((item, index) => tuple(index, item)),
  nested,
  cartesian: nested,
  together: (terms) => {
    if (terms.length === 0) throw wrongValue("with_together requires at least one element in each list");
    const lists = terms.map(listOf);
    const size = Math.max(...lists.map((list) => list.length));
    return Array.from({ length: size }, (_, index) =>
      flatOnce(lists.map((list) => (index < list.length ? list[index] : null))),
    );
  },
  dict: (terms) =>
    terms.flatMap((term) => {
      if (!isDict(term)) throw wrongType(`the 'dict' lookup plugin expects a dictionary, got '${repr(term)}'`);
      return dictEntries(term).map(
        ([key, value]) =>
          new Map([
            ["key", key],
            ["value", value],
          ]),
      );
    }),
  random_choice: (terms) => (terms.length === 0 ? [] : [terms[randomInt(terms.length)]]),
};

/** Lists among the elements become elements. */
function flatOnce(terms: readonly unknown[]): unknown[] {
  return terms.flatMap((term) => (Array.isArray(term) ? Array.from(term) : [term]));
}
