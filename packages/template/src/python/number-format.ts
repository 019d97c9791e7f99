import { wrongType, wrongValue } from "./fault.ts";
import { Float, isFloat } from "./float.ts";
import { asInt, asNumber } from "./integer.ts";
import { typeName } from "./type-name.ts";

/** Digits of a number without its sign, for `%d`, `{:x}` and their like. */
export function formatInt(value: unknown, kind: string, isAlternate: boolean): { digits: string; isNegative: boolean } {
  const number = asInt(value);
  if (number === undefined) throw wrongType(`%${kind} format: an integer is required, not ${typeName(value)}`);
  const isNegative = number < 0;
  const size = isNegative ? -number : number;
  const [radix, prefix] = radixes[kind.toLowerCase()] ?? [10, ""];
  const digits = size.toString(radix);
  const shown = (isAlternate ? prefix : "") + digits;
  return { digits: kind === "X" ? shown.toUpperCase() : shown, isNegative };
}

const radixes: Readonly<Record<string, readonly [number, string]>> = { x: [16, "0x"], o: [8, "0o"], b: [2, "0b"] };

/** The same for floats: kinds e, f, g and their upper case, as C and Python print them. */
export function formatFloat(value: unknown, kind: string, precision: number | undefined, isAlternate: boolean) {
  const number = value instanceof Float ? value.value : asNumber(value);
  if (number === undefined) throw wrongType(`must be real number, not ${typeName(value)}`);
  const isNegative = number < 0 || Object.is(number, -0);
  const digits = floatDigits(Math.abs(number), kind.toLowerCase(), precision ?? 6, isAlternate);
  return { digits: kind === kind.toUpperCase() ? digits.toUpperCase() : digits, isNegative };
}

function floatDigits(size: number, kind: string, precision: number, isAlternate: boolean): string {
  if (precision > 100) throw wrongValue("more than 100 digits after the point");
  if (Number.isNaN(size)) return "nan";
  if (!Number.isFinite(size)) return "inf";
  if (kind === "f") return withPoint(fixed(size, precision), isAlternate);
  if (kind === "e") return padExponent(withPoint(size.toExponential(precision), isAlternate));
  return general(size, precision === 0 ? 1 : precision, isAlternate);
}

/** toFixed() with Python's answer for what lies half-way, the even digit, and for numbers of more than 21 digits. */
export function fixed(size: number, precision: number): string {
  if (size >= 1e21) return BigInt(size).toString() + (precision > 0 ? `.${"0".repeat(precision)}` : "");
  const rounded = size.toFixed(precision);
  const exact = size.toFixed(Math.min(100, precision + 25));
  const kept = exact.slice(0, exact.indexOf(".") + 1 + precision);
  const isHalfWay = /^50*$/.test(exact.slice(kept.length));
  const down = kept.replace(/\.$/, "");
  return isHalfWay && /[02468]$/.test(down) ? down : rounded;
}

/** The shorter of fixed and exponent notation, without zeros at the end. */
function general(size: number, precision: number, isAlternate: boolean): string {
  const exponent = Number(size.toExponential(precision - 1).split("e")[1]);
  if (exponent < -4 || exponent >= precision) {
    const text = size.toExponential(precision - 1);
    return padExponent(isAlternate ? text : text.replace(/\.?0+e/, "e"));
  }
  const text = fixed(size, Math.max(0, precision - 1 - exponent));
  return isAlternate || !text.includes(".") ? text : text.replace(/\.?0+$/, "");
}

/** The alternate form has a point even where nothing follows it. */
function withPoint(text: string, isAlternate: boolean): string {
  return isAlternate && !text.includes(".") ? text.replace(/^\d+/, "$&.") : text;
}

/** What a float is without a kind but with a precision: an exponent comes sooner, so that a digit is left for after the point. */
export function shortFloat(size: number, precision: number): string {
  const text = size.toExponential(precision - 1);
  const exponent = Number(text.split("e")[1]);
  if (exponent < -4 || exponent >= precision - 1) return padExponent(text.replace(/\.?0+e/, "e"));
  const plain = fixed(size, precision - 1 - exponent).replace(/0+$/, "");
  return plain.endsWith(".") ? `${plain}0` : plain;
}

function padExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

export function isNumber(value: unknown): boolean {
  return isFloat(value) || asInt(value) !== undefined;
}
