import type { Context } from "../engine/context.ts";
import { contains } from "../python/contains.ts";
import type { Dict } from "../python/dict.ts";
import { dictEntries, dictGet, dictHas, dictSet, dictSize, dictValues, isDict } from "../python/dict.ts";
import { TemplateFault, wrongType, wrongValue } from "../python/fault.ts";
import { iterate } from "../python/iterate.ts";
import { Undefined } from "../python/marker.ts";
import type { Native } from "../python/native.ts";
import { native, nativeIn } from "../python/native.ts";
import { repr, toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { tuple } from "../python/tuple.ts";
import { typeName } from "../python/type-name.ts";
import { flatten } from "./combinatorial-filters.ts";
import { sorted } from "./list-filters.ts";

const moving = { passesSecrets: "inside" } as const;

/** Filters on dicts. */
export const dictFilters: Readonly<Record<string, Native>> = {
  items: native(
    "value",
    (value) => {
      if (value instanceof Undefined) return [];
      if (!isDict(value)) throw wrongType("Can only get item pairs from a mapping.");
      return dictEntries(value).map(([key, each]) => tuple(key, each));
    },
    { ...moving, acceptsMarkers: true },
  ),
  dictsort: nativeIn(
    "value case_sensitive? by? reverse?",
    (context, value, isCaseSensitive = false, by = "key", isReversed = false) => {
      if (by !== "key" && by !== "value") throw wrongValue('You can only sort by either "key" or "value"');
      const entries = dictEntries(asDict(value, "dictsort"));
      const keyOf = (entry: readonly [unknown, unknown]) => {
        const shown = context.reveal(entry[by === "key" ? 0 : 1]);
        return [typeof shown === "string" && !isTrue(isCaseSensitive) ? shown.toLowerCase() : shown];
      };
      return sorted(entries, keyOf, isTrue(isReversed)).map(([key, each]) => tuple(key, each));
    },
    moving,
  ),
  dict2items: native(
    "value key_name? value_name?",
    (value, keyName = "key", valueName = "value") =>
      dictEntries(asDict(value, "dict2items")).map(
        ([key, each]) =>
          new Map([
            [keyName, key],
            [valueName, each],
          ]),
      ),
    moving,
  ),
  items2dict: native(
    "value key_name? value_name?",
    (value, keyName = "key", valueName = "value") => {
      if (!Array.isArray(value)) throw wrongType(`items2dict requires a list, got ${typeName(value)} instead.`);
      const made = new Map<unknown, unknown>();
      for (const item of value) dictSet(made, elementOf(item, keyName), elementOf(item, valueName));
      return made;
    },
    moving,
  ),
  combine: native(
    "*dicts recursive? list_merge?",
    (recursive = false, listMerge = "replace", dicts) =>
      combine(dicts as unknown[], isTrue(recursive), toText(listMerge)),
    moving,
  ),
  extract: nativeIn("value container morekeys?", extract, { ...moving, acceptsMarkers: true }),
  rekey_on_member: native(
    "value key duplicates?",
    (value, key, duplicates = "error") => rekey(value, key, duplicates),
    moving,
  ),
};

export function asDict(value: unknown, what: string): Dict {
  if (isDict(value)) return value;
  throw wrongType(`${what} requires a dictionary, got ${typeName(value)} instead.`);
}

function elementOf(item: unknown, name: unknown): unknown {
  if (!isDict(item)) throw wrongType(`items2dict requires a list of dictionaries, got ${typeName(item)} in it.`);
  if (dictHas(item, name)) return dictGet(item, name);
  throw wrongType(
    `items2dict requires each dictionary in the list to contain the key ${repr(name)}, got ${repr(item)} instead.`,
  );
}

/** Later dicts go before earlier ones. */
function combine(terms: readonly unknown[], isRecursive: boolean, listMerge: string): unknown {
  const dicts = flatten(terms, 1);
  if (!Object.hasOwn(listMerges, listMerge)) {
    throw wrongValue(`list_merge '${listMerge}' is none of ${Object.keys(listMerges).join(", ")}`);
  }
  if (dicts.length === 0) return new Map();
  return dicts.reduce((low, high) => merge(low, high, isRecursive, listMerge));
}

function merge(low: unknown, high: unknown, isRecursive: boolean, listMerge: string): unknown {
  if (!isDict(low) || !isDict(high)) {
    throw wrongType(
      `failed to combine variables, expected dicts but got a '${typeName(low)}' and a '${typeName(high)}'`,
    );
  }
  if (dictSize(low) === 0) return high;
  const merged = new Map(dictEntries(low));
  for (const [key, value] of dictEntries(high)) {
    const old = dictGet(low, key);
    if (isRecursive && isDict(old) && isDict(value)) merged.set(key, merge(old, value, isRecursive, listMerge));
    else if (Array.isArray(old) && Array.isArray(value)) merged.set(key, listMerges[listMerge]?.(old, value));
    else merged.set(key, value);
  }
  return merged;
}

const listMerges: Readonly<Record<string, (low: readonly unknown[], high: readonly unknown[]) => readonly unknown[]>> =
  {
    replace: (_low, high) => high,
    keep: (low) => low,
    append: (low, high) => [...low, ...high],
    prepend: (low, high) => [...high, ...low],
    append_rp: (low, high) => [...low.filter((each) => !contains(high, each)), ...high],
    prepend_rp: (low, high) => [...high, ...low.filter((each) => !contains(high, each))],
  };

function extract(context: Context, key: unknown, container: unknown, more: unknown): unknown {
  const keys = more === undefined || more === null ? [key] : Array.isArray(more) ? [key, ...more] : [key, more];
  return keys.reduce((value, each) => context.item(value, each), container);
}

function rekey(value: unknown, key: unknown, duplicates: unknown): unknown {
  if (duplicates !== "error" && duplicates !== "overwrite") {
    throw wrongValue(`duplicates parameter to rekey_on_member has unknown value ${repr(duplicates)}`);
  }
  if (typeof value === "string") throw wrongType("Type is not a valid list, set, or dict");
  const made = new Map<unknown, unknown>();
  for (const item of isDict(value) ? dictValues(value) : iterate(value)) {
    if (!isDict(item)) throw wrongType("List item is not a valid dict");
    if (!dictHas(item, key)) throw new TemplateFault("key", `Key ${repr(key)} was not found.`);
    const member = dictGet(item, key);
    if (made.has(member) && duplicates === "error") {
      throw wrongValue(`Key ${repr(member)} is not unique, cannot convert to dict.`);
    }
    dictSet(made, member, item);
  }
  return made;
}
