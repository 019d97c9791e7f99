import type { ImplicitType } from "./resolve-plain.ts";

/** The type of a word without quotes in a text that is JSON. */
export function jsonType(text: string): ImplicitType {
  if (text === "null") return "null";
  if (text === "true" || text === "false") return "bool";
  return /^-?\d+$/.test(text) ? "int" : "float";
}
