import type { Dict } from "../python/dict.ts";
import { dictEntries, isDict } from "../python/dict.ts";
import { wrongType } from "../python/fault.ts";
import { Float, isFloat, printFloat } from "../python/float.ts";
import { checkItems, checkLevel, checkText } from "../python/limits.ts";
import { Marker } from "../python/marker.ts";
import { TemplateObject } from "../python/object.ts";
import { order } from "../python/order.ts";
import { Range } from "../python/range.ts";
import { repr } from "../python/repr.ts";
import { typeName } from "../python/type-name.ts";

/** How Python's json.dumps() writes. */
export interface JsonLayout {
  /** Each level on lines of its own, behind so many spaces or this text. */
  readonly indent?: number | string | undefined;
  readonly sortsKeys?: boolean;
  readonly isAscii?: boolean;
  readonly separators?: readonly [string, string];
}

export function dumpJson(
  value: unknown,
  { indent, sortsKeys = false, isAscii = true, separators }: JsonLayout = {},
): string {
  const step = typeof indent === "number" ? " ".repeat(Math.max(0, Math.min(indent, 1000))) : indent;
  const [item, key] = separators ?? [step === undefined ? ", " : ",", ": "];
  return new Writer({ step, item, key, sortsKeys, isAscii }).write(value, "\n");
}

interface Style {
  readonly step: string | undefined;
  readonly item: string;
  readonly key: string;
  readonly sortsKeys: boolean;
  readonly isAscii: boolean;
}

class Writer {
  readonly #style: Style;
  #size = 0;
  #count = 0;
  #level = 0;

  constructor(style: Style) {
    this.#style = style;
  }

  /** `line` is a line end with the white space of the level around this value. */
  write(value: unknown, line: string): string {
    checkItems(++this.#count);
    if (typeof value === "string") return this.#text(value);
    if (value === null || typeof value === "boolean") return String(value);
    if (isFloat(value)) return printJsonFloat(value instanceof Float ? value.value : value);
    if (typeof value === "number" || typeof value === "bigint") return String(value);
    if (value instanceof Marker) return value.trip();
    if (Array.isArray(value))
      return this.#items(
        "[",
        "]",
        line,
        value.map((each) => (inner: string) => this.write(each, inner)),
      );
    if (value instanceof Range) return this.write([...value], line);
    if (value instanceof TemplateObject && "json" in value) return this.#text(String(value.json));
    if (!isDict(value)) return this.#other(value);
    return this.#items(
      "{",
      "}",
      line,
      this.#entries(value).map(
        ([name, each]) =>
          (inner: string) =>
            this.#text(name) + this.#style.key + this.write(each, inner),
      ),
    );
  }

  #entries(dict: Dict): readonly (readonly [string, unknown])[] {
    const entries = [...dictEntries(dict)];
    if (this.#style.sortsKeys) entries.sort(([a], [b]) => order(a, b));
    return entries.map(([key, value]) => [keyText(key), value]);
  }

  #items(open: string, close: string, line: string, items: readonly ((inner: string) => string)[]): string {
    const { step, item } = this.#style;
    if (items.length === 0) return open + close;
    checkLevel(++this.#level);
    const inner = step === undefined ? "" : line + step;
    const written = items.map((write) => write(inner)).join(item + inner);
    this.#level--;
    return open + inner + written + (step === undefined ? "" : line) + close;
  }

  #text(text: string): string {
    this.#size += text.length;
    checkText(this.#size);
    const quoted = JSON.stringify(text).replace(/\x7f/g, "\x7f");
    if (!this.#style.isAscii) return quoted;
    return quoted.replace(/[\x7f-\uffff]/g, (unit) =>
      unit === "\x7f" ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  }

  #other(value: unknown): string {
    const { toJSON } = value as { readonly toJSON?: unknown };
    if (typeof toJSON === "function") return this.write(toJSON.call(value), "\n");
    throw wrongType(`Object of type ${typeName(value)} is not JSON serializable`);
  }
}

function printJsonFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? printFloat(value) : value < 0 ? "-Infinity" : "Infinity";
}

function keyText(key: unknown): string {
  if (typeof key === "string") return key;
  if (key === null || typeof key === "boolean") return String(key);
  if (isFloat(key) || typeof key === "number" || typeof key === "bigint") return repr(key);
  throw wrongType(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}
