import type { Dict } from "../dict.ts";
import { dictDelete, dictEntries, dictGet, dictHas, dictKeys, dictSet, dictValues, isDict } from "../dict.ts";
import { TemplateFault, wrongType } from "../fault.ts";
import { iterate, listOf } from "../iterate.ts";
import type { Native } from "../native.ts";
import { native } from "../native.ts";
import { repr } from "../repr.ts";
import { tuple } from "../tuple.ts";

const reading = (parameters: string, read: (self: Dict, ...args: unknown[]) => unknown): Native =>
  native(parameters, (self, ...args) => read(self as Dict, ...args), { passesSecrets: "all" });

const changing = (parameters: string, change: (self: Dict, ...args: unknown[]) => unknown): Native =>
  native(parameters, (self, ...args) => change(self as Dict, ...args), { passesSecrets: "all", changes: true });

/** What templates can call on a dict. */
export const dictMethods: Readonly<Record<string, Native>> = {
  keys: reading("self", dictKeys),
  values: reading("self", dictValues),
  items: reading("self", (self) => dictEntries(self).map(([key, value]) => tuple(key, value))),
  get: reading("self key default?", (self, key, otherwise = null) =>
    dictHas(self, key) ? dictGet(self, key) : otherwise,
  ),
  copy: reading("self", (self) => new Map(dictEntries(self))),
  fromkeys: reading(
    "self keys value?",
    (_self, keys, value = null) => new Map(listOf(keys).map((key) => [key, value])),
  ),
  update: changing("self other? **more", (self, other, more) => {
    const entries = other === undefined ? [] : pairs(other);
    for (const [key, value] of [...entries, ...(more as Map<string, unknown>)]) dictSet(self, key, value);
    return null;
  }),
  setdefault: changing("self key default?", (self, key, otherwise = null) => {
    if (!dictHas(self, key)) dictSet(self, key, otherwise);
    return dictGet(self, key);
  }),
  pop: changing("self key default?", (self, key, otherwise) => {
    if (!dictHas(self, key)) {
      if (otherwise === undefined) throw new TemplateFault("key", `there is no key ${repr(key)} to pop`);
      return otherwise;
    }
    const value = dictGet(self, key);
    dictDelete(self, key);
    return value;
  }),
  popitem: changing("self", (self) => {
    const last = dictEntries(self).at(-1);
    if (last === undefined) throw new TemplateFault("key", "popitem(): dictionary is empty");
    dictDelete(self, last[0]);
    return tuple(...last);
  }),
  clear: changing("self", (self) => {
    for (const key of dictKeys(self)) dictDelete(self, key);
    return null;
  }),
};

/** What dict() and update() take: a dict, or a list of pairs. */
export function pairs(value: unknown): (readonly [unknown, unknown])[] {
  if (isDict(value)) return dictEntries(value);
  return Array.from(iterate(value), (each) => {
    const parts = [...iterate(each)];
    if (parts.length !== 2) throw wrongType("a dict is made of pairs");
    return [parts[0], parts[1]] as const;
  });
}
