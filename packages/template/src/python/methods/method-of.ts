import { isDict } from "../dict.ts";
import { isFloat } from "../float.ts";
import { asInt } from "../integer.ts";
import type { Native } from "../native.ts";
import { Tuple } from "../tuple.ts";
import { dictMethods } from "./dict-methods.ts";
import { listMethods, tupleMethods } from "./list-methods.ts";
import { floatMethods, intMethods } from "./number-methods.ts";
import { textMethods } from "./text-methods.ts";

/** What `name` means when it is called on such a value. */
export function methodOf(value: unknown, name: string): Native | undefined {
  const methods = methodsOf(value);
  return methods !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined;
}

function methodsOf(value: unknown): Readonly<Record<string, Native>> | undefined {
  if (typeof value === "string") return textMethods;
  if (value instanceof Tuple) return tupleMethods;
  if (Array.isArray(value)) return listMethods;
  if (isFloat(value)) return floatMethods;
  if (asInt(value) !== undefined) return intMethods;
  return isDict(value) ? dictMethods : undefined;
}
