import { wrongType } from "./fault.ts";
import { asInt, asNumber } from "./integer.ts";
import { Marker } from "./marker.ts";
import { typeName } from "./type-name.ts";

/** An argument that must be a text. */
export function textArgument(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  if (value instanceof Marker) value.trip();
  throw wrongType(`${what} must be str, not ${typeName(value)}`);
}

/** An argument that must be a whole number. */
export function intArgument(value: unknown, what: string): number {
  const number = asInt(value);
  if (number !== undefined) return Number(number);
  if (value instanceof Marker) value.trip();
  throw wrongType(`${what}: '${typeName(value)}' object cannot be interpreted as an integer`);
}

export function optionalInt(value: unknown, what: string): number | undefined {
  return value === undefined || value === null ? undefined : intArgument(value, what);
}

/** An argument that must be a number of any kind. */
export function numberArgument(value: unknown, what: string): number {
  const number = asNumber(value);
  if (number !== undefined) return number;
  if (value instanceof Marker) value.trip();
  throw wrongType(`${what} must be a number, not ${typeName(value)}`);
}
