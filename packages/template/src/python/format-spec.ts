import { TemplateFault, wrongValue } from "./fault.ts";
import { isFloat, printFloat } from "./float.ts";
import { asNumber } from "./integer.ts";
import { textLength } from "./length.ts";
import { checkText } from "./limits.ts";
import { formatFloat, formatInt, general, isNumber } from "./number-format.ts";
import { TemplateObject } from "./object.ts";
import { toText } from "./repr.ts";
import { typeName } from "./type-name.ts";

/** What an object makes of the text after the colon: a date takes a strftime format. */
export interface SelfFormatting {
  format(specification: string): string;
}

const grammar = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/u;

/** Python's format(): `{:>8.2f}` and its like. */
export function formatValue(value: unknown, specification: string): string {
  if (value instanceof TemplateObject && "format" in value) return (value as unknown as SelfFormatting).format(specification);
  if (specification === "") return toText(value);
  const match = grammar.exec(specification);
  if (match === null) throw wrongValue(`Invalid format specifier '${specification}'`);
  const [, fill, align, sign, alternate, zero, width, grouping, precision, kind] = match;
  const size = Number(width ?? 0);
  const digits = precision === undefined ? undefined : Number(precision);
  checkText(size + (digits ?? 0));
  const isText = typeof value === "string";
  if (isText || !isNumber(value)) {
    if (!isText) throw new TemplateFault("type", `unsupported format string passed to ${typeName(value)}.__format__`);
    if (kind !== undefined && kind !== "s") throw wrongValue(`Unknown format code '${kind}' for object of type 'str'`);
    const text = digits === undefined ? value : Array.from(value).slice(0, digits).join("");
    return align === "=" ? text : aligned(text, size, align ?? "<", fill ?? (zero ? "0" : " "));
  }
  const body = formatNumber(value, kind, digits, alternate !== undefined);
  const grouped = grouping === undefined ? body.digits : group(body.digits, grouping, kind);
  const prefix = body.isNegative ? "-" : sign === "+" || sign === " " ? sign : "";
  const how = align ?? (zero ? "=" : ">");
  const filler = fill ?? (zero ? "0" : " ");
  if (how !== "=") return aligned(prefix + grouped, size, how, filler);
  return prefix + grouped.padStart(size - prefix.length, filler);
}

function formatNumber(value: unknown, kind: string | undefined, precision: number | undefined, isAlternate: boolean) {
  if (kind === "%") {
    const { digits, isNegative } = formatFloat((asNumber(value) ?? 0) * 100, "f", precision, isAlternate);
    return { digits: `${digits}%`, isNegative };
  }
  if (kind === "c") return { digits: String.fromCodePoint(asNumber(value) ?? 0), isNegative: false };
  if (kind !== undefined && "eEfFgG".includes(kind)) return formatFloat(value, kind, precision, isAlternate);
  if (!isFloat(value)) return formatInt(value, kind === undefined || kind === "n" ? "d" : kind, isAlternate);
  if (kind !== undefined && kind !== "n") throw wrongValue(`Unknown format code '${kind}' for object of type 'float'`);
  return plainFloat(value.valueOf(), precision);
}

/** Without a kind a float prints as itself, or with so many digits and at least one after the point. */
function plainFloat(number: number, precision: number | undefined) {
  const isNegative = number < 0 || Object.is(number, -0);
  const size = Math.abs(number);
  if (precision === undefined) return { digits: printFloat(size), isNegative };
  const text = general(size, Math.max(1, precision), false);
  return { digits: /[.e]/.test(text) ? text : `${text}.0`, isNegative };
}

function group(digits: string, separator: string, kind: string | undefined): string {
  const every = kind !== undefined && "bxXo".includes(kind) ? 4 : 3;
  const [whole = "", ...rest] = digits.split(/(?=[.e%])/);
  const parts = new RegExp(`\\B(?=(?:[0-9a-fA-F]{${every}})+$)`, "g");
  return whole.replace(parts, separator) + rest.join("");
}

function aligned(text: string, width: number, align: string, fill: string): string {
  const room = Math.max(0, width - textLength(text));
  if (align === "<") return text + fill.repeat(room);
  if (align === ">") return fill.repeat(room) + text;
  return fill.repeat(Math.floor(room / 2)) + text + fill.repeat(Math.ceil(room / 2));
}
