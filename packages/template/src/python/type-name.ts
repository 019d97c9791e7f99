import { isDict } from "./dict.ts";
import { isFloat } from "./float.ts";
import { Marker } from "./marker.ts";
import { TemplateObject } from "./object.ts";
import { Range } from "./range.ts";
import { Tuple } from "./tuple.ts";

/** What Python calls the type of a value. */
export function typeName(value: unknown): string {
  if (value === null) return "NoneType";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (isFloat(value)) return "float";
  if (typeof value === "number" || typeof value === "bigint") return "int";
  if (value instanceof Tuple) return "tuple";
  if (Array.isArray(value)) return "list";
  if (value instanceof Range) return "range";
  if (value instanceof Marker) return "undefined";
  if (value instanceof TemplateObject) return value.typeName;
  return isDict(value) ? "dict" : "object";
}
