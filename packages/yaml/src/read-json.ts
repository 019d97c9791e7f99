import type { Composed } from "./compose/documents.ts";
import { readFloat, readInt } from "./compose/read-number.ts";
import type { ScalarTypes } from "./compose/scalar-types.ts";
import { Spots } from "./compose/spots.ts";

/** Whether a text is JSON: Ansible tries this first, and then 1e3 is a number. */
export function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Reads what is JSON and not YAML: keys of any length, colons on the next line. It has no places. */
export function readJson(text: string, types: ScalarTypes): Composed {
  // TypeScript does not know yet that a reviver is told how a number was written.
  const revive: (...args: unknown[]) => unknown = (_key, each, context) => {
    if (typeof each !== "number") return each;
    const { source } = context as { readonly source: string };
    return /^-?\d+$/.test(source) ? readInt(source) : readFloat(source, types);
  };
  const value: unknown = JSON.parse(text, revive);
  return { value, start: 0, spots: new Spots() };
}
