import { intArgument, optionalInt } from "../arguments.ts";
import { equals } from "../equals.ts";
import { TemplateFault, wrongType, wrongValue } from "../fault.ts";
import { iterate } from "../iterate.ts";
import { checkItems } from "../limits.ts";
import type { Native } from "../native.ts";
import { native } from "../native.ts";
import { order } from "../order.ts";
import { repr } from "../repr.ts";
import { isTrue } from "../truth.ts";

const list = (self: unknown) => self as unknown[];

/** What templates can call on a tuple, and on a list too. */
export const tupleMethods: Readonly<Record<string, Native>> = {
  index: native("self value start? stop?", (self, value, start, stop) => indexOf(list(self), value, start, stop)),
  count: native("self value", (self, value) => list(self).filter((each) => equals(each, value)).length),
};

/** What templates can call on a list; what changes it gives None, as in Python. */
export const listMethods: Readonly<Record<string, Native>> = {
  ...tupleMethods,
  append: changing("self value", (self, value) => void self.push(value)),
  extend: changing("self values", (self, values) => {
    for (const value of [...iterate(values)]) self.push(value);
  }),
  insert: changing("self index value", (self, index, value) => void self.splice(intArgument(index, "index"), 0, value)),
  remove: changing("self value", (self, value) => {
    const at = self.findIndex((each) => equals(each, value));
    if (at < 0) throw wrongValue("list.remove(x): x not in list");
    self.splice(at, 1);
  }),
  clear: changing("self", (self) => void self.splice(0)),
  reverse: changing("self", (self) => void self.reverse()),
  sort: changing("self key? reverse?", (self, key, reverse = false) => {
    if (key !== undefined && key !== null)
      throw wrongType("sort(key=…) needs a function, which templates do not have; use the sort filter");
    self.sort((a, b) => (isTrue(reverse) ? order(b, a) : order(a, b)));
  }),
  pop: native("self index?", (self, index) => pop(list(self), optionalInt(index, "index") ?? -1), {
    changes: true,
    passesSecrets: "all",
  }),
  copy: native("self", (self) => [...list(self)], { passesSecrets: "all" }),
};

function changing(parameters: string, change: (self: unknown[], ...args: unknown[]) => void): Native {
  return native(
    parameters,
    (self, ...args) => {
      change(list(self), ...args);
      checkItems(list(self).length);
      return null;
    },
    { changes: true, passesSecrets: "all" },
  );
}

function indexOf(self: readonly unknown[], value: unknown, start: unknown, stop: unknown): number {
  const from = optionalInt(start, "start") ?? 0;
  const to = optionalInt(stop, "stop") ?? self.length;
  const first = from < 0 ? Math.max(0, from + self.length) : from;
  const end = to < 0 ? to + self.length : to;
  const at = self.findIndex((each, index) => index >= first && index < end && equals(each, value));
  if (at < 0) throw wrongValue(`${repr(value)} is not in list`);
  return at;
}

function pop(self: unknown[], index: number): unknown {
  if (self.length === 0) throw new TemplateFault("index", "pop from empty list");
  const at = index < 0 ? index + self.length : index;
  if (at < 0 || at >= self.length) throw new TemplateFault("index", "pop index out of range");
  return self.splice(at, 1)[0];
}
