import { LimitReached, TemplateFault, wrongType } from "./fault.ts";
import { float, isFloat } from "./float.ts";
import type { Int } from "./integer.ts";
import { asInt, asNumber, int } from "./integer.ts";
import { textLength } from "./length.ts";
import { checkItems, checkText, MAX_BITS } from "./limits.ts";
import { Marker } from "./marker.ts";
import { TemplateObject } from "./object.ts";
import { percentFormat } from "./percent-format.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type-name.ts";

/** An object that `+` and `-` mean something to: a date, a span of time. undefined when this one cannot. */
export interface Arithmetic {
  plus(other: unknown): unknown;
  minus(other: unknown): unknown;
}

export function add(left: unknown, right: unknown): unknown {
  if (typeof left === "string" && typeof right === "string") {
    checkText(left.length + right.length);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right) && left instanceof Tuple === right instanceof Tuple) {
    checkItems(left.length + right.length);
    const joined = [...left, ...right];
    return left instanceof Tuple ? Tuple.from(joined) : joined;
  }
  const sum = compute(
    left,
    right,
    (a, b) => a + b,
    (a, b) => a + b,
  );
  if (sum !== undefined) return sum;
  return (isArithmetic(left) ? left.plus(right) : undefined) ?? unsupported("+", left, right);
}

export function subtract(left: unknown, right: unknown): unknown {
  const difference = compute(
    left,
    right,
    (a, b) => a - b,
    (a, b) => a - b,
  );
  if (difference !== undefined) return difference;
  return (isArithmetic(left) ? left.minus(right) : undefined) ?? unsupported("-", left, right);
}

export function multiply(left: unknown, right: unknown): unknown {
  const product = compute(
    left,
    right,
    (a, b) => a * b,
    (a, b) => a * b,
  );
  if (product !== undefined) return product;
  const times = asInt(right);
  if (times !== undefined && isRepeatable(left)) return repeat(left, Number(times));
  const count = asInt(left);
  if (count !== undefined && isRepeatable(right)) return repeat(right, Number(count));
  return unsupported("*", left, right);
}

export function divide(left: unknown, right: unknown): unknown {
  const dividend = asNumber(left);
  const divisor = asNumber(right);
  if (dividend === undefined || divisor === undefined) return unsupported("/", left, right);
  if (divisor === 0)
    throw new TemplateFault("zero", isFloat(left) || isFloat(right) ? "float division by zero" : "division by zero");
  return float(dividend / divisor);
}

export function floorDivide(left: unknown, right: unknown): unknown {
  refuseZero(left, right);
  const quotient = compute(
    left,
    right,
    (a, b) => Math.floor(a / b),
    (a, b) => (a - (((a % b) + b) % b)) / b,
  );
  return quotient ?? unsupported("//", left, right);
}

export function modulo(left: unknown, right: unknown): unknown {
  if (typeof left === "string") return percentFormat(left, right);
  refuseZero(left, right);
  const rest = compute(left, right, floatModulo, (a, b) => ((a % b) + b) % b);
  return rest ?? unsupported("%", left, right);
}

/** The rest has the sign of the divisor. */
function floatModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 === b < 0 ? rest : rest + b;
}

export function power(left: unknown, right: unknown): unknown {
  const base = asInt(left);
  const exponent = asInt(right);
  if (base !== undefined && exponent !== undefined && exponent >= 0) return intPower(base, exponent);
  const b = asNumber(left);
  const e = asNumber(right);
  if (b === undefined || e === undefined) return unsupported("** or pow()", left, right);
  if (b === 0 && e < 0) throw new TemplateFault("zero", "zero to a negative power");
  if (b < 0 && !Number.isInteger(e)) throw new TemplateFault("value", "a root of a negative number is no real number");
  return float(b ** e);
}

export function negate(value: unknown): unknown {
  if (isFloat(value)) return float(-value.valueOf());
  const number = asInt(value);
  return number === undefined ? unsupportedUnary("-", value) : int(typeof number === "bigint" ? -number : 0 - number);
}

export function plus(value: unknown): unknown {
  if (isFloat(value)) return value;
  return asInt(value) ?? unsupportedUnary("+", value);
}

/** Ints stay exact whatever their size; with a float on either side the result is one. undefined when one is no number. */
function compute(
  left: unknown,
  right: unknown,
  ofNumbers: (a: number, b: number) => number,
  ofInts: (a: bigint, b: bigint) => bigint,
): unknown {
  if (isFloat(left) || isFloat(right)) {
    const a = asNumber(left);
    const b = asNumber(right);
    return a === undefined || b === undefined ? undefined : float(ofNumbers(a, b));
  }
  const a = asInt(left);
  const b = asInt(right);
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === "number" && typeof b === "number") {
    const result = ofNumbers(a, b);
    if (Number.isSafeInteger(result)) return result + 0;
  }
  return int(ofInts(BigInt(a), BigInt(b)));
}

function intPower(base: Int, exponent: Int): Int {
  const result = Number(base) ** Number(exponent);
  if (Number.isSafeInteger(result)) return result;
  const bits = Math.log2(Math.abs(Number(base))) * Number(exponent);
  if (bits > MAX_BITS) throw new LimitReached(`a number of more than ${MAX_BITS} bits`);
  return int(BigInt(base) ** BigInt(exponent));
}

function refuseZero(left: unknown, right: unknown): void {
  if (asNumber(right) !== 0 || asNumber(left) === undefined) return;
  throw new TemplateFault("zero", isFloat(left) || isFloat(right) ? "float modulo by zero" : "integer modulo by zero");
}

function isRepeatable(value: unknown): value is string | unknown[] {
  return typeof value === "string" || Array.isArray(value);
}

function repeat(value: string | unknown[], times: number): unknown {
  const count = Math.max(0, times);
  if (typeof value === "string") {
    checkText(textLength(value) * count);
    return value.repeat(count);
  }
  checkItems(value.length * count);
  const repeated = Array.from({ length: count }, () => value).flat();
  return value instanceof Tuple ? Tuple.from(repeated) : repeated;
}

function isArithmetic(value: unknown): value is TemplateObject & Arithmetic {
  return value instanceof TemplateObject && "plus" in value;
}

function unsupported(operator: string, left: unknown, right: unknown): never {
  if (left instanceof Marker) left.trip();
  if (right instanceof Marker) right.trip();
  if (operator === "+" && typeof left === "string") {
    throw wrongType(
      `can only concatenate str (not "${typeName(right)}") to str`,
      "~ joins values of any kind as texts",
    );
  }
  throw wrongType(`unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`);
}

function unsupportedUnary(operator: string, value: unknown): never {
  if (value instanceof Marker) value.trip();
  throw wrongType(`bad operand type for unary ${operator}: '${typeName(value)}'`);
}
