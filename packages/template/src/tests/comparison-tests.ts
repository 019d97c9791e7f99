import { modulo } from "../python/arithmetic.ts";
import { contains } from "../python/contains.ts";
import { equals } from "../python/equals.ts";
import { hashKey } from "../python/hash-key.ts";
import { asNumber } from "../python/integer.ts";
import { iterate, listOf } from "../python/iterate.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { order } from "../python/order.ts";
import { isTrue } from "../python/truth.ts";

const equal = native("value other", (value, other) => equals(value, other));
const unequal = native("value other", (value, other) => !equals(value, other));
const less = native("value other", (value, other) => order(value, other, "<") < 0);
const lessOrEqual = native("value other", (value, other) => order(value, other, "<=") <= 0);
const greater = native("value other", (value, other) => order(value, other, ">") > 0);
const greaterOrEqual = native("value other", (value, other) => order(value, other, ">=") >= 0);
const subset = native("value other", (value, other) => isSubset(value, other));
const superset = native("value other", (value, other) => isSubset(other, value));
const notANumber = native("value", (value) => Number.isNaN(asNumber(value) ?? 0));

/** Tests that compare. */
export const comparisonTests: Readonly<Record<string, Native>> = {
  "==": equal,
  eq: equal,
  equalto: equal,
  "!=": unequal,
  ne: unequal,
  "<": less,
  lt: less,
  lessthan: less,
  "<=": lessOrEqual,
  le: lessOrEqual,
  ">": greater,
  gt: greater,
  greaterthan: greater,
  ">=": greaterOrEqual,
  ge: greaterOrEqual,
  in: native("value seq", (value, container) => contains(container, value)),
  contains: native("value other", (value, other) => contains(value, other)),
  odd: native("value", (value) => equals(modulo(value, 2), 1)),
  even: native("value", (value) => equals(modulo(value, 2), 0)),
  divisibleby: native("value num", (value, by) => equals(modulo(value, by), 0)),
  any: native("value", (value) => [...iterate(value)].some(isTrue)),
  all: native("value", (value) => [...iterate(value)].every(isTrue)),
  subset,
  issubset: subset,
  superset,
  issuperset: superset,
  nan: notANumber,
  isnan: notANumber,
};

function isSubset(value: unknown, other: unknown): boolean {
  const keys = new Set(listOf(other).map(hashKey));
  return listOf(value).every((each) => keys.has(hashKey(each)));
}
