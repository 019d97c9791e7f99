import { intArgument, numberArgument } from "../python/arguments.ts";
import { multiply, negate, power } from "../python/arithmetic.ts";
import { TemplateFault, wrongType, wrongValue } from "../python/fault.ts";
import { float, isFloat } from "../python/float.ts";
import { asInt, asNumber, int } from "../python/integer.ts";
import type { Native } from "../python/native.ts";
import { native } from "../python/native.ts";
import { fixed } from "../python/number-format.ts";
import { readFloat, readInt } from "../python/read-number.ts";
import { toText } from "../python/repr.ts";
import { isTrue } from "../python/truth.ts";
import { typeName } from "../python/type-name.ts";
import { humanReadable, humanToBytes } from "./human-sizes.ts";

/** Filters on numbers. */
export const numberFilters: Readonly<Record<string, Native>> = {
  abs: native("value", (value) => {
    const number = asNumber(value);
    if (number === undefined) throw wrongType(`bad operand type for abs(): '${typeName(value)}'`);
    return number < 0 ? negate(value) : multiply(value, 1);
  }),
  int: native(
    "value default? base?",
    (value, otherwise = 0, base = 10) => toInt(value, intArgument(base, "base")) ?? otherwise,
  ),
  float: native("value default?", (value, otherwise = float(0)) => toFloat(value) ?? otherwise),
  round: native("value precision? method?", (value, precision = 0, method = "common") =>
    round(value, intArgument(precision, "precision"), method),
  ),
  filesizeformat: native("value binary?", (value, binary = false) => fileSize(value, isTrue(binary))),
  log: native("value base?", (value, base = Math.E) => {
    const number = numberArgument(value, "log() can only be used on numbers; what it is used on");
    if (number <= 0) throw wrongValue("math domain error");
    const by = numberArgument(base, "the base");
    if (by === 10) return float(Math.log10(number));
    return float(by === Math.E ? Math.log(number) : Math.log(number) / Math.log(by));
  }),
  pow: native("value exponent", (value, exponent) =>
    power(float(numberArgument(value, "what pow is used on")), float(numberArgument(exponent, "the exponent"))),
  ),
  root: native("value base?", (value, base = 2) => {
    const number = numberArgument(value, "root() can only be used on numbers; what it is used on");
    const by = numberArgument(base, "the base");
    if (number < 0 && by === 2) throw wrongValue("root() can only be used on numbers");
    return float(by === 2 ? Math.sqrt(number) : number ** (1 / by));
  }),
  human_readable: native("value isbits? unit?", (value, isBits = false, unit = null) =>
    humanReadable(value, isTrue(isBits), unit === null ? undefined : toText(unit)),
  ),
  human_to_bytes: native("value default_unit? isbits?", (value, unit = null, isBits = false) =>
    humanToBytes(toText(value), unit === null ? undefined : toText(unit), isTrue(isBits)),
  ),
};

function toInt(value: unknown, base: number): unknown {
  if (typeof value === "string") {
    const whole = readInt(value, base);
    if (whole !== undefined) return whole;
    const decimal = readFloat(value);
    return decimal === undefined ? undefined : truncated(Number(decimal));
  }
  const whole = asInt(value);
  if (whole !== undefined) return whole;
  return isFloat(value) ? truncated(value.valueOf()) : undefined;
}

function truncated(value: number): unknown {
  return Number.isFinite(value)
    ? int(Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) : BigInt(Math.trunc(value)))
    : undefined;
}

function toFloat(value: unknown): unknown {
  if (typeof value === "string") return readFloat(value);
  const number = asNumber(value);
  return number === undefined ? undefined : float(number);
}

function round(value: unknown, precision: number, method: unknown): unknown {
  if (method !== "common" && method !== "ceil" && method !== "floor")
    throw wrongValue("method must be common, ceil or floor");
  const number = asNumber(value);
  if (number === undefined) throw wrongType(`type ${typeName(value)} doesn't define __round__ method`);
  if (method !== "common") {
    const by = 10 ** precision;
    return float(Math[method](number * by) / by);
  }
  if (!isFloat(value)) return precision >= 0 ? asInt(value) : roundInt(number, precision);
  if (!Number.isFinite(number)) return value;
  const size = Math.abs(number);
  const rounded = precision >= 0 ? Number(fixed(size, Math.min(precision, 100))) : roundInt(size, precision);
  return float(number < 0 || Object.is(number, -0) ? -rounded : rounded);
}

/** To tens, hundreds … and to the even one when it lies half-way. */
function roundInt(number: number, precision: number): number {
  const by = 10 ** -precision;
  const below = Math.floor(number / by);
  const rest = number - below * by;
  const isUp = rest * 2 > by || (rest * 2 === by && below % 2 !== 0);
  return (below + (isUp ? 1 : 0)) * by;
}

function fileSize(value: unknown, isBinary: boolean): string {
  const bytes = Number(toFloat(value) ?? Number.NaN);
  if (Number.isNaN(bytes)) throw new TemplateFault("value", `could not convert ${typeName(value)} to float`);
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const prefixes = "kMGTPEZY";
  let index = 0;
  while (index < prefixes.length - 1 && bytes >= base ** (index + 2)) index++;
  const letter = isBinary ? prefixes[index]?.toUpperCase() : prefixes[index];
  return `${fixed((base * bytes) / base ** (index + 2), 1)} ${letter}${isBinary ? "i" : ""}B`;
}
