import { Secret } from "@evenkeel/core";
import { Float } from "@evenkeel/template";
import { UnsafeText, Vaulted } from "@evenkeel/yaml";

/** What a keyword's value is to be, and how what comes becomes it. */
export interface ValueType<T> {
  /** Completes "expected …". */
  readonly expects: string;
  /** undefined when it cannot. */
  read(value: unknown): T | undefined;
}

const yes = new Set(["y", "yes", "on", "1", "true", "t", "1.0"]);
const no = new Set(["n", "no", "off", "0", "false", "f", "0.0"]);

export const flag: ValueType<boolean> = {
  expects: "yes or no",
  read: (value) => {
    const word = String(plain(value)).toLowerCase().trim();
    return yes.has(word) ? true : no.has(word) ? false : undefined;
  },
};

export const text: ValueType<string> = {
  expects: "a text",
  read: (value) => (typeof value === "object" && !isScalarObject(value) ? undefined : String(plain(value))),
};

export const wholeNumber: ValueType<number> = {
  expects: "a whole number",
  read: (value) => {
    const number = toNumber(value);
    return Number.isInteger(number) ? number : undefined;
  },
};

export const number: ValueType<number> = {
  expects: "a number",
  read: toNumber,
};

/** A list, or the only element of one. */
export const texts: ValueType<readonly string[]> = {
  expects: "a text or a list of texts",
  read: (value) => {
    const all = (value === null ? [] : Array.isArray(value) ? value : [value]).map((each) => text.read(each));
    return all.every((each) => each !== undefined) ? all : undefined;
  },
};

/** Tags also come as one text with commas. */
export const commaTexts: ValueType<readonly string[]> = {
  expects: "a text or a list of texts",
  read: (value) =>
    texts
      .read(value)
      ?.flatMap((each) => (Array.isArray(value) ? [each] : each.split(",")))
      .map((each) => each.trim()),
};

/** What came, in few words. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (value instanceof Secret) return "a secret";
  if (value instanceof Vaulted) return "an encrypted value";
  if (value instanceof UnsafeText) return describe(value.value);
  if (typeof value === "string") return value === "" ? "an empty text" : JSON.stringify(shortened(value));
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number" || typeof value === "bigint" || isScalarObject(value))
    return `the number ${String(value)}`;
  return Array.isArray(value) ? "a list" : "a mapping";
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}…` : value;
}

function toNumber(value: unknown): number | undefined {
  const said = plain(value);
  if (typeof said === "number") return said;
  if (typeof said === "bigint") return Number(said);
  if (typeof said !== "string" || !/^\s*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*$/.test(said)) return undefined;
  return Number(said);
}

function plain(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal();
  if (isPrinting(value)) return value.toText();
  return value instanceof Float ? value.value : value;
}

/** Values that are objects only for JavaScript: a day prints itself. */
function isScalarObject(value: unknown): boolean {
  return value instanceof Secret || value instanceof Float || isPrinting(value);
}

function isPrinting(value: unknown): value is { toText(): string } {
  return typeof value === "object" && value !== null && "toText" in value && typeof value.toText === "function";
}
