import { dictGet, dictHas, isDict } from "./dict.ts";
import { TemplateFault, wrongType, wrongValue } from "./fault.ts";
import { isFloat } from "./float.ts";
import { asNumber } from "./integer.ts";
import { checkText } from "./limits.ts";
import { Marker } from "./marker.ts";
import { formatFloat, formatInt } from "./number-format.ts";
import { repr, toText } from "./repr.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type-name.ts";

const conversion = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?([\s\S]?)/g;

/** Python's `format % values`: `'%s-%02d' % (name, 3)`, `'%(name)s' % {...}`. */
export function percentFormat(format: string, values: unknown): string {
  if (values instanceof Marker) values.trip();
  const positional = new Arguments(values);
  const text = format.replace(
    conversion,
    (whole: string, key: string | undefined, flags: string, ...rest: string[]) => {
      const [width, precision, kind] = [rest[0], rest[1], rest[2] ?? ""];
      if (kind === "%") return "%";
      if (kind === "") throw wrongValue("incomplete format");
      const size = width === "*" ? Number(asNumber(positional.next())) : Number(width ?? 0);
      const hasDot = /\./.test(whole.slice(0, -1).replace(/^%\([^)]*\)/, ""));
      const limit =
        precision === "*"
          ? Number(asNumber(positional.next()))
          : precision === undefined
            ? hasDot
              ? 0
              : undefined
            : Number(precision);
      const value = key === undefined ? positional.next() : named(values, key);
      checkText(size + (limit ?? 0));
      return pad(convert(value, kind, flags, limit), size, flags, kind);
    },
  );
  positional.finish();
  return text;
}

class Arguments {
  readonly #values: readonly unknown[];
  readonly #isMapping: boolean;
  #at = 0;

  constructor(values: unknown) {
    this.#values = values instanceof Tuple ? values : [values];
    this.#isMapping = isDict(values) || (Array.isArray(values) && !(values instanceof Tuple));
  }

  next(): unknown {
    if (this.#at >= this.#values.length) throw wrongType("not enough arguments for format string");
    return this.#values[this.#at++];
  }

  finish(): void {
    if (this.#at < this.#values.length && !this.#isMapping) {
      throw wrongType("not all arguments converted during string formatting");
    }
  }
}

function named(values: unknown, key: string): unknown {
  if (!isDict(values)) throw wrongType("format requires a mapping");
  if (!dictHas(values, key)) throw new TemplateFault("key", `'${key}'`);
  return dictGet(values, key);
}

interface Converted {
  readonly text: string;
  readonly sign: string;
}

function convert(value: unknown, kind: string, flags: string, precision: number | undefined): Converted {
  if (kind === "s" || kind === "r" || kind === "a") {
    const text = kind === "s" ? toText(value) : repr(value);
    return { text: precision === undefined ? text : text.slice(0, precision), sign: "" };
  }
  if (kind === "c") return { text: character(value), sign: "" };
  const { digits, isNegative } = number(value, kind, flags.includes("#"), precision);
  return { text: digits, sign: isNegative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "" };
}

function number(value: unknown, kind: string, isAlternate: boolean, precision: number | undefined) {
  if ("eEfFgG".includes(kind)) return formatFloat(value, kind, precision, isAlternate);
  if (!"diuxXo".includes(kind)) throw wrongValue(`unsupported format character '${kind}'`);
  const isDecimal = "diu".includes(kind);
  const size = asNumber(value);
  if (isDecimal && size === undefined) {
    if (value instanceof Marker) value.trip();
    throw wrongType(`%${kind} format: a real number is required, not ${typeName(value)}`);
  }
  const whole = isDecimal && isFloat(value) ? BigInt(Math.trunc(size ?? 0)) : value;
  const { digits, isNegative } = formatInt(whole, kind, isAlternate);
  const radix = isAlternate ? (/^0[xXo]/.exec(digits)?.[0] ?? "") : "";
  return { digits: radix + digits.slice(radix.length).padStart(precision ?? 0, "0"), isNegative };
}

function character(value: unknown): string {
  if (typeof value === "string" && Array.from(value).length === 1) return value;
  const code = asNumber(value);
  if (code === undefined || !Number.isInteger(code)) throw wrongType("%c requires int or char");
  return String.fromCodePoint(code);
}

function pad({ text, sign }: Converted, width: number, flags: string, kind: string): string {
  if (flags.includes("-")) return (sign + text).padEnd(width);
  if (!flags.includes("0") || "src".includes(kind) || kind === "a") return (sign + text).padStart(width);
  const prefix = /^0[xXo]/.exec(text)?.[0] ?? "";
  return sign + prefix + text.slice(prefix.length).padStart(width - sign.length - prefix.length, "0");
}
