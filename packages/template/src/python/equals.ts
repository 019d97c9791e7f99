import type { Dict } from "./dict.ts";
import { dictEntries, dictGet, dictHas, dictSize, isDict } from "./dict.ts";
import { LimitReached } from "./fault.ts";
import { asNumber } from "./integer.ts";
import { checkLevel, MAX_ITEMS } from "./limits.ts";
import { Marker } from "./marker.ts";
import { TemplateObject } from "./object.ts";
import { Range } from "./range.ts";
import { Tuple } from "./tuple.ts";

/** Python's `==`: 1 equals 1.0 and True, a list no tuple, a dict whatever order its keys are in. */
export function equals(left: unknown, right: unknown, work: Work = { left: MAX_ITEMS, level: 0 }): boolean {
  if (left instanceof Marker) left.trip();
  if (right instanceof Marker) right.trip();
  if (typeof left === "string" || typeof right === "string" || left === null || right === null) return left === right;
  if (Array.isArray(left)) return Array.isArray(right) && areEqualLists(left, right, work);
  const number = asNumber(left);
  if (number !== undefined) return equalNumbers(left, number, right);
  if (left instanceof Range) return right instanceof Range && String(left) === String(right);
  if (left instanceof TemplateObject)
    return left === right || (right instanceof TemplateObject && areAlike(left, right));
  return isDict(left) ? isDict(right) && areEqualDicts(left, right, work) : left === right;
}

function equalNumbers(left: unknown, number: number, right: unknown): boolean {
  if (typeof left === "bigint" && typeof right === "bigint") return left === right;
  return number === asNumber(right);
}

/** Comparisons that may still be made. */
interface Work {
  left: number;
  /** How many lists and dicts are around. */
  level: number;
}

function areEqualLists(left: readonly unknown[], right: readonly unknown[], work: Work): boolean {
  if (left === right) return true;
  if (left instanceof Tuple !== right instanceof Tuple || left.length !== right.length) return false;
  return left.every((each, index) => areEqualParts(each, right[index], work));
}

function areEqualDicts(left: Dict, right: Dict, work: Work): boolean {
  if (left === right) return true;
  if (dictSize(left) !== dictSize(right)) return false;
  return dictEntries(left).every(
    ([key, value]) => dictHas(right, key) && areEqualParts(value, dictGet(right, key), work),
  );
}

function areEqualParts(left: unknown, right: unknown, work: Work): boolean {
  if (--work.left < 0) throw new LimitReached("comparing two values takes too many steps");
  checkLevel(++work.level);
  const areEqual = equals(left, right, work);
  work.level--;
  return areEqual;
}

/** Dates are equal when they are the same moment. */
function areAlike(left: TemplateObject, right: TemplateObject): boolean {
  return left.typeName === right.typeName && "rank" in left && "rank" in right && left.rank === right.rank;
}
