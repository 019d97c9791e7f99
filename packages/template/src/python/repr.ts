import { dictEntries, isDict } from "./dict.ts";
import { LimitReached } from "./fault.ts";
import { Float, isFloat, printFloat } from "./float.ts";
import { MAX_TEXT } from "./limits.ts";
import { Marker } from "./marker.ts";
import { TemplateObject } from "./object.ts";
import { Tuple } from "./tuple.ts";

/** Python's str(): a text is itself. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof TemplateObject ? value.toText() : repr(value);
}

/** Python's repr(): `['a', 1, None, 2.0]`. */
export function repr(value: unknown, room = { left: MAX_TEXT }): string {
  if (typeof value === "string") return reprText(value);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (isFloat(value)) return printFloat(value instanceof Float ? value.value : value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Marker) value.trip();
  if (Array.isArray(value)) return reprList(value, room);
  if (value instanceof TemplateObject) return "repr" in value ? String(value.repr) : value.toText();
  if (value instanceof Uint8Array) return `b${reprText(Buffer.from(value).toString("latin1"))}`;
  if (!isDict(value)) return String(value);
  const pairs = dictEntries(value).map(([key, each]) => inRoom(`${repr(key, room)}: ${repr(each, room)}`, room));
  return `{${pairs.join(", ")}}`;
}

function reprList(list: readonly unknown[], room: { left: number }): string {
  const items = Array.from(list, (each) => inRoom(repr(each, room), room)).join(", ");
  if (!(list instanceof Tuple)) return `[${items}]`;
  return list.length === 1 ? `(${items},)` : `(${items})`;
}

/** A value that holds the same text many times prints longer than it is. */
function inRoom(text: string, room: { left: number }): string {
  room.left -= text.length;
  if (room.left < 0) throw new LimitReached(`printing a value took more than ${MAX_TEXT / 1024 / 1024} MiB`);
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
