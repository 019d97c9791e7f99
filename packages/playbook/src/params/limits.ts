import { isMapping } from "../written/written.ts";
import type { Schema } from "./schema.ts";

/** What bounds a value breaks, in words. */
export function checkLimits(schema: Schema, value: unknown): readonly string[] {
  if (typeof value === "string") return textLimits(schema, value);
  if (typeof value === "number") return numberLimits(schema, value);
  if (Array.isArray(value)) return countLimits(schema, value);
  return isMapping(value) ? sizeLimits(schema, value instanceof Map ? value.size : Object.keys(value).length) : [];
}

function textLimits({ minLength, maxLength, pattern, description }: Schema, value: string): readonly string[] {
  const { length } = value;
  return [
    minLength !== undefined &&
      length < minLength &&
      (length === 0 ? "is empty" : `is shorter than ${minLength} characters`),
    maxLength !== undefined && length > maxLength && `is longer than ${maxLength} characters`,
    pattern !== undefined && !new RegExp(pattern, "u").test(value) && unlike(value, pattern, description),
  ].filter((each) => each !== false);
}

function unlike(value: string, pattern: string, description: string | undefined): string {
  const expected = description ? `${description} (${pattern})` : `something like ${pattern}`;
  return `expected ${expected}, found ${JSON.stringify(value)}`;
}

function numberLimits(schema: Schema, value: number): readonly string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  return [
    minimum !== undefined && value < minimum && `is ${value}, and must be at least ${minimum}`,
    maximum !== undefined && value > maximum && `is ${value}, and must be at most ${maximum}`,
    exclusiveMinimum !== undefined &&
      value <= exclusiveMinimum &&
      `is ${value}, and must be more than ${exclusiveMinimum}`,
    exclusiveMaximum !== undefined &&
      value >= exclusiveMaximum &&
      `is ${value}, and must be less than ${exclusiveMaximum}`,
    multipleOf !== undefined && value % multipleOf !== 0 && `is ${value}, and must be a multiple of ${multipleOf}`,
  ].filter((each) => each !== false);
}

function countLimits({ minItems, maxItems, uniqueItems }: Schema, list: readonly unknown[]): readonly string[] {
  const isRepeated = uniqueItems === true && new Set(list.map((each) => JSON.stringify(each))).size < list.length;
  return [
    minItems !== undefined &&
      list.length < minItems &&
      (list.length === 0 ? "is an empty list" : `needs at least ${minItems} elements`),
    maxItems !== undefined && list.length > maxItems && `takes at most ${maxItems} elements`,
    isRepeated && "has the same element twice",
  ].filter((each) => each !== false);
}

function sizeLimits({ minProperties, maxProperties }: Schema, size: number): readonly string[] {
  return [
    minProperties !== undefined &&
      size < minProperties &&
      (size === 0 ? "is empty" : `needs at least ${minProperties} keys`),
    maxProperties !== undefined && size > maxProperties && `takes at most ${maxProperties} keys`,
  ].filter((each) => each !== false);
}
