/** JSON as Python prints it with sorted keys and an indentation of four: what programs that read inventories are used to. */
export function printJson(value: unknown, indent = ""): string {
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    return wrap(
      "[]",
      value.map((each) => inner + printJson(each, inner)),
      indent,
    );
  }
  if (value instanceof Map || isPlain(value)) {
    const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
    const named = entries.map(([key, each]): [string, unknown] => [keyText(key), each]);
    const sorted = named.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return wrap(
      "{}",
      sorted.map(([key, each]) => `${inner}${JSON.stringify(key)}: ${printJson(each, inner)}`),
      indent,
    );
  }
  return printScalar(value);
}

/** A float that is integral: 1.0 is not 1. */
export class WholeFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toString(): string {
    return printFloat(this.value);
  }
}

/** Floats as they must come, for them to be printed as what they are. */
export const listingTypes = {
  float: (value: number): unknown => (Number.isSafeInteger(value) ? new WholeFloat(value) : value),
};

function wrap(brackets: string, lines: readonly string[], indent: string): string {
  return lines.length === 0 ? brackets : `${brackets[0]}\n${lines.join(",\n")}\n${indent}${brackets[1]}`;
}

function printScalar(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : printFloat(value);
  if (value instanceof WholeFloat) return String(value);
  return JSON.stringify(
    typeof value === "string" ? value : String((value as { toJSON?(): unknown }).toJSON?.() ?? value),
  );
}

function printFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "-Infinity" : "Infinity";
  const [digits = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  return Object.is(value, -0) ? "-0.0" : Number.isInteger(value) ? `${value}.0` : String(value);
}

function keyText(key: unknown): string {
  return typeof key === "string" ? key : key === null ? "null" : String(key);
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
