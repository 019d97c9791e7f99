import type { Dict } from "../python/dict.ts";
import { dictEntries, dictGet, dictHas, dictSet, dictValues, isDict } from "../python/dict.ts";
import { wrongType, wrongValue } from "../python/fault.ts";
import { repr } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { tuple } from "../python/tuple.ts";
import type { Lookup } from "./lookup.ts";

/** Each dict of a list, beside each element of a list in it; the dict comes without that list. */
export const subelements: Lookup = (terms) => {
  const [elements, path, flags = new Map()] = terms;
  if (
    terms.length < 2 ||
    terms.length > 3 ||
    typeof path !== "string" ||
    !(Array.isArray(elements) || isDict(elements))
  ) {
    throw wrongType("subelements lookup expects a list or dict, the name of a part, and flags if you like");
  }
  if (isDict(elements) && isSkipped(elements)) return [];
  const skipsMissing = isDict(flags) && isTrue(dictGet(flags, "skip_missing") ?? false);
  const list = isDict(elements) ? dictValues(elements) : elements;
  return list.flatMap((element) => {
    if (!isDict(element)) throw wrongType(`subelements lookup expects a dictionary, got '${repr(element)}'`);
    if (isSkipped(element)) return [];
    const { parts, rest } = takeOut(element, path.split("."), skipsMissing);
    return parts.map((part) => tuple(rest, part));
  });
};

function isSkipped(dict: Dict): boolean {
  return (dictGet(dict, "skipped") ?? false) !== false;
}

/** The list at the end of a path, and the dict without it. */
function takeOut(
  dict: Dict,
  [name = "", ...path]: readonly string[],
  skipsMissing: boolean,
): { readonly parts: readonly unknown[]; readonly rest: Dict } {
  const nothing = { parts: [], rest: dict };
  if (!dictHas(dict, name)) {
    if (skipsMissing) return nothing;
    throw wrongValue(`could not find '${name}' key in iterated item '${repr(dict)}'`);
  }
  const value = dictGet(dict, name);
  if (path.length === 0) {
    if (!Array.isArray(value)) throw wrongType(`the key ${name} should point to a list, got '${repr(value)}'`);
    return { parts: value, rest: new Map(dictEntries(dict).filter(([key]) => key !== name)) };
  }
  if (!isDict(value)) {
    if (skipsMissing) return nothing;
    throw wrongType(`the key ${name} should point to a dictionary, got '${repr(value)}'`);
  }
  const { parts, rest } = takeOut(value, path, skipsMissing);
  const changed = new Map(dictEntries(dict));
  dictSet(changed, name, rest);
  return { parts, rest: changed };
}
