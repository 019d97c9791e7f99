import { equals } from "./equals.ts";
import { wrongType } from "./fault.ts";
import { asNumber } from "./integer.ts";
import { hasSurrogates } from "./length.ts";
import { Marker } from "./marker.ts";
import { TemplateObject } from "./object.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type-name.ts";

/** What can be put in an order with its like. */
export interface Ordered {
  /** A number that is smaller for what comes first. */
  readonly rank: number;
}

/** Below zero when `left` comes first. `operator` is for the error, when the two have no order. NaN has none either. */
export function order(left: unknown, right: unknown, operator = "<"): number {
  if (typeof left === "string" && typeof right === "string") return orderTexts(left, right);
  if (typeof left === "bigint" && typeof right === "bigint") return left < right ? -1 : Number(left > right);
  const number = asNumber(left);
  const other = asNumber(right);
  if (number !== undefined && other !== undefined) return number === other ? 0 : number - other;
  if (left instanceof Marker) left.trip();
  if (right instanceof Marker) right.trip();
  if (Array.isArray(left) && Array.isArray(right) && left instanceof Tuple === right instanceof Tuple) {
    return orderLists(left, right, operator);
  }
  if (isRanked(left) && isRanked(right) && left.typeName === right.typeName) return left.rank - right.rank;
  throw wrongType(`'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`);
}

/** By code points, as Python does; JavaScript's own order is by 16-bit units. */
function orderTexts(left: string, right: string): number {
  if (left === right) return 0;
  if (!hasSurrogates(left) && !hasSurrogates(right)) return left < right ? -1 : 1;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function orderLists(left: readonly unknown[], right: readonly unknown[], operator: string): number {
  for (let index = 0; index < left.length && index < right.length; index++) {
    if (!equals(left[index], right[index])) return order(left[index], right[index], operator);
  }
  return left.length - right.length;
}

function isRanked(value: unknown): value is TemplateObject & Ordered {
  return value instanceof TemplateObject && "rank" in value;
}
