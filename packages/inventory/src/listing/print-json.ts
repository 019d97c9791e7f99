import { Float } from "@evenkeel/template";
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

function wrap(brackets: string, lines: readonly string[], indent: string): string {
  return lines.length === 0 ? brackets : `${brackets[0]}\n${lines.join(",\n")}\n${indent}${brackets[1]}`;
}

function printScalar(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : printFloat(value);
  if (value instanceof Float) return printFloat(value.value);
  return JSON.stringify(
    typeof value === "string" ? value : String((value as { toJSON?(): unknown }).toJSON?.() ?? value),
  );
}

function printFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "-Infinity" : "Infinity";
  return String(new Float(value));
}

function keyText(key: unknown): string {
  return typeof key === "string" ? key : key === null ? "null" : String(key);
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
