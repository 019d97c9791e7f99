import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { isMapping } from "../sources/read-groups.ts";

interface KeyedGroups {
  readonly names: readonly string[];
  /** The key came to nothing from which a name could be made. */
  readonly isEmpty: boolean;
}

/** The names of the groups that one entry of `keyed_groups` makes of a key's value. */
export function keyedGroupNames(
  entry: Readonly<Record<string, unknown>>,
  key: unknown,
  hasLeadingSeparator: boolean,
  place: Place,
): KeyedGroups {
  const { default_value: otherwise = null, trailing_separator: trailing, prefix = "" } = entry;
  if (trailing !== undefined && trailing !== null && otherwise !== null) {
    throw wrong("an entry of keyed_groups has either default_value or trailing_separator", place);
  }
  const separator = printed(entry.separator ?? "_");
  const usesDefault = isNothing(key) && otherwise !== null;
  if (!usesDefault && !isTruthy(key)) return { names: [], isEmpty: !isEmptyCollection(key) };
  const bare = usesDefault ? [printed(otherwise)] : namesOf(key, { otherwise, separator, trailing, place });
  const between = prefix === "" && !hasLeadingSeparator ? "" : separator;
  return { names: bare.map((name) => safeGroupName(printed(prefix) + between + name)), isEmpty: false };
}

/** Group names are made of letters, digits and underscores, and begin with no digit. */
export function safeGroupName(name: string): string {
  return name.replace(/^[\p{Nd}\W]|[^\p{L}\p{N}_]/gu, (sign) => (/^[\p{L}]$/u.test(sign) ? sign : "_"));
}

interface Naming {
  readonly otherwise: unknown;
  readonly separator: string;
  readonly trailing: unknown;
  readonly place: Place;
}

function namesOf(key: unknown, { otherwise, separator, trailing, place }: Naming): readonly string[] {
  if (typeof key === "string") return [key];
  if (Array.isArray(key)) return key.map((each) => printed(isNothing(each) && otherwise !== null ? otherwise : each));
  if (!isMapping(key))
    throw wrong(`a group cannot be named after ${printed(key)}: a text, a list or a mapping can`, place);
  const entries: [unknown, unknown][] = key instanceof Map ? [...key] : Object.entries(key);
  return entries.map(([name, value]) => {
    if (!isNothing(value)) return printed(name) + separator + printed(value);
    if (otherwise !== null) return printed(name) + separator + printed(otherwise);
    return trailing === false ? printed(name) : printed(name) + separator + printed(value);
  });
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

function isEmptyCollection(value: unknown): boolean {
  return Array.isArray(value) || isMapping(value);
}

function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMapping(value)) return (value instanceof Map ? value.size : Object.keys(value).length) > 0;
  return Boolean(value?.valueOf());
}

/** As Python prints it. */
function printed(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

function wrong(message: string, place: Place): InputError {
  return new InputError({ code: "inventory/constructed", message, place });
}
