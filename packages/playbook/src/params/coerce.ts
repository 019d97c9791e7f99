import { Float } from "@evenkeel/template";
import { readAssignments } from "../free-form/read-assignments.ts";
import { flag, number, text, wholeNumber } from "../values/value-type.ts";
import { isMapping } from "../written/written.ts";
import type { Schema } from "./schema.ts";

/** Makes a value what its schema's type wants, as Ansible does; leaves it as it is where that cannot be. */
export function coerce(schema: Schema, value: unknown): unknown {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.some((type) => isOfType({ type }, value)))
    return value instanceof Float && types[0] !== "string" ? value.value : value;
  for (const type of types) {
    const made = coercions[type]?.(value, schema);
    if (made !== undefined) return made;
  }
  return value;
}

/** Whether a value is of its schema's type as it is. */
export function isOfType({ type }: Schema, value: unknown): boolean {
  if (type === undefined) return true;
  return [type].flat().some((each) => typeChecks[each]?.(value) ?? false);
}

const typeChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isInteger(value instanceof Float ? value.value : value),
  number: (value) => typeof value === "number" || value instanceof Float,
  boolean: (value) => typeof value === "boolean",
  array: Array.isArray,
  object: isMapping,
  null: (value) => value === null,
};

const coercions: Readonly<Record<string, (value: unknown, schema: Schema) => unknown>> = {
  string: toText,
  integer: (value) => (typeof value === "boolean" ? undefined : wholeNumber.read(value)),
  number: (value) => (typeof value === "boolean" ? undefined : number.read(value)),
  boolean: (value) => (typeof value === "object" && !(value instanceof Float) ? undefined : flag.read(value)),
  array: toList,
  object: toMapping,
};

/** Numbers and booleans as Python prints them. */
function toText(value: unknown): string | undefined {
  if (value === null) return undefined;
  if (typeof value === "boolean") return value ? "True" : "False";
  return text.read(value);
}

function toList(value: unknown, { split, items }: Schema): readonly unknown[] | undefined {
  if (value === null || isMapping(value))
    return items && isMapping(value) && isOfType(items, value) ? [value] : undefined;
  if (typeof value === "string" && split) return value.trim() === "" ? [] : value.split(",").map((each) => each.trim());
  return [value];
}

/** A text in JSON, or `name=value` words. */
function toMapping(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "string") return undefined;
  if (value.trimStart().startsWith("{")) {
    try {
      return JSON.parse(value) as Readonly<Record<string, unknown>>;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
  if (!value.includes("=")) return undefined;
  const { values, rest } = readAssignments(value.replaceAll(",", " "), false);
  return rest ? undefined : Object.fromEntries([...values].map(([name, word]) => [name, word.text]));
}
