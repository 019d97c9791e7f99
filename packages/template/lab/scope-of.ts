import type { Scope } from "../src/options.ts";

/** Variables that are all there already. */
export function scopeOf(variables: Readonly<Record<string, unknown>>): Required<Scope> {
  return {
    has: (name) => Object.hasOwn(variables, name),
    get: (name) => variables[name],
    names: () => Object.keys(variables),
  };
}
