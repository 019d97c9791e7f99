import { TemplateFault, wrongValue } from "./fault.ts";
import { isFloat, printFloat } from "./float.ts";
import { asNumber } from "./integer.ts";
import { textLength } from "./length.ts";
import { checkText } from "./limits.ts";
import { formatFloat, formatInt, isNumber, shortFloat } from "./number-format.ts";
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
  if (isSelfFormatting(value)) return value.format(specification);
  if (specification === "") return toText(value);
  const how = readSpecification(specification);
  checkText(how.width + (how.precision ?? 0));
  if (typeof value === "string") return formatText(value, how);
  if (isNumber(value)) return formatNumeric(value, how);
  throw new TemplateFault("type", `unsupported format string passed to ${typeName(value)}.__format__`);
}

interface Specification {
  readonly fill: string | undefined;
  readonly align: string | undefined;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly hasZero: boolean;
  readonly width: number;
  readonly grouping: string | undefined;
  readonly precision: number | undefined;
  readonly kind: string | undefined;
}

function readSpecification(text: string): Specification {
  const match = grammar.exec(text);
  if (match === null) throw wrongValue(`Invalid format specifier '${text}'`);
  const [, fill, align, sign = "-", alternate, zero, width, grouping, precision, kind] = match;
  return {
    fill,
    align,
    sign: sign === "-" ? "" : sign,
    isAlternate: alternate !== undefined,
    hasZero: zero !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    kind,
  };
}

function isSelfFormatting(value: unknown): value is SelfFormatting {
  return value instanceof TemplateObject && "format" in value;
}

function formatText(value: string, { kind, precision, align = "<", fill, hasZero, width }: Specification): string {
  if (kind !== undefined && kind !== "s") throw wrongValue(`Unknown format code '${kind}' for object of type 'str'`);
  if (align === "=") throw wrongValue("'=' alignment not allowed in string format specifier");
  const text = precision === undefined ? value : Array.from(value).slice(0, precision).join("");
  return aligned(text, width, align, fill ?? (hasZero ? "0" : " "));
}

function formatNumeric(value: unknown, how: Specification): string {
  const { kind, precision, isAlternate, grouping, sign, hasZero, width } = how;
  if (grouping !== undefined && (grouping === "," ? /[bcnoxX]/ : /[cn]/).test(kind ?? "")) {
    throw wrongValue(`Cannot specify '${grouping}' with '${kind}'.`);
  }
  if (precision !== undefined && !isFloat(value) && /^[bcdnoxX]?$/.test(kind ?? "")) {
    throw wrongValue("Precision not allowed in integer format specifier");
  }
  const { digits, isNegative } = formatNumber(value, kind, precision, isAlternate);
  const grouped = grouping === undefined ? digits : group(digits, grouping, kind);
  const prefix = isNegative ? "-" : sign;
  const align = how.align ?? (hasZero ? "=" : ">");
  const fill = how.fill ?? (hasZero ? "0" : " ");
  if (align !== "=") return aligned(prefix + grouped, width, align, fill);
  const radix = isAlternate ? (/^0[xXob]/.exec(grouped)?.[0] ?? "") : "";
  return prefix + radix + grouped.slice(radix.length).padStart(width - prefix.length - radix.length, fill);
}

function formatNumber(value: unknown, kind: string | undefined, precision: number | undefined, isAlternate: boolean) {
  if (kind === "%") {
    const { digits, isNegative } = formatFloat((asNumber(value) ?? 0) * 100, "f", precision, isAlternate);
    return { digits: `${digits}%`, isNegative };
  }
  if (kind === "s") throw wrongValue(`Unknown format code 's' for object of type '${typeName(value)}'`);
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
  return { digits: Number.isFinite(size) ? shortFloat(size, Math.max(1, precision)) : printFloat(size), isNegative };
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
