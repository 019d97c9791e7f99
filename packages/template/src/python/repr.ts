import type { Dict } from "./dict.ts";
import { dictEntries, isDict } from "./dict.ts";
import { LimitReached, wrongType } from "./fault.ts";
import { Float, isFloat, printFloat } from "./float.ts";
import { checkLevel, MAX_TEXT } from "./limits.ts";
import { Marker } from "./marker.ts";
import { TemplateObject } from "./object.ts";
import { Tuple } from "./tuple.ts";

/** Python's str(): a text is itself. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof TemplateObject ? value.toText() : repr(value);
}

/** How a value is printed. */
interface Printing {
  /** Characters that may still be printed: a value that holds the same list many times prints longer than it is. */
  left: number;
  /** How many lists and dicts are around. */
  level: number;
  /** Tuples print as lists, and this is left out of lists and dicts: how Ansible prints what stands beside other text. */
  readonly omitted?: unknown;
}

/** Python's repr(): `['a', 1, None, 2.0]`. */
export function repr(value: unknown, printing: Printing = { left: MAX_TEXT, level: 0 }): string {
  if (typeof value === "string") return reprText(value);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (isFloat(value)) return printFloat(value instanceof Float ? value.value : value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Marker) value.trip();
  if (Array.isArray(value)) return reprList(value, printing);
  if (value instanceof TemplateObject) return "repr" in value ? String(value.repr) : value.toText();
  if (value instanceof Uint8Array) return `b${reprText(Buffer.from(value).toString("latin1"))}`;
  if (typeof value === "function" || typeof value === "symbol") throw wrongType("a program's function is no value");
  if (!isDict(value)) return String(value);
  return reprDict(value, printing);
}

function reprDict(dict: Dict, printing: Printing): string {
  checkLevel(++printing.level);
  const entries = dictEntries(dict).filter(([, each]) => !isOmitted(each, printing));
  const pairs = entries.map(([key, each]) => inRoom(`${repr(key, printing)}: ${repr(each, printing)}`, printing));
  printing.level--;
  return `{${pairs.join(", ")}}`;
}

function reprList(list: readonly unknown[], printing: Printing): string {
  checkLevel(++printing.level);
  const kept = Array.from(list).filter((each) => !isOmitted(each, printing));
  const items = kept.map((each) => inRoom(repr(each, printing), printing)).join(", ");
  printing.level--;
  if (!(list instanceof Tuple) || printing.omitted !== undefined) return `[${items}]`;
  return list.length === 1 ? `(${items},)` : `(${items})`;
}

function isOmitted(value: unknown, { omitted }: Printing): boolean {
  return omitted !== undefined && value === omitted;
}

function inRoom(text: string, printing: Printing): string {
  printing.left -= text.length;
  if (printing.left < 0) throw new LimitReached(`printing a value took more than ${MAX_TEXT / 1024 / 1024} MiB`);
  return text;
}

const plain = /^[ !#-&(-[\]-~]*$/;
const special = /[\\\n\r\t]|[\p{C}\p{Z}]/gu;
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", " ": " " };

function reprText(text: string): string {
  if (plain.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(special, (each) => escapes[each] ?? escapeCharacter(each));
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
