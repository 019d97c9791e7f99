import { wrongType } from "../python/fault.ts";
import { Undefined } from "../python/marker.ts";
import { toText } from "../python/repr.ts";
import { typeName } from "../python/type-name.ts";
import { pythonRegex, searchFrom } from "../regex/python-regex.ts";
import type { Lookup } from "./lookup.ts";

/** Lookups of variables by their names, and of the environment's. */
export const variableLookups: Readonly<Record<string, Lookup>> = {
  vars: (terms, options, context) =>
    terms.map((term) => {
      if (typeof term !== "string") throw wrongType(`Variable name must be 'str' not '${typeName(term)}'.`);
      const otherwise = options.get("default") ?? null;
      return context.variable(term) ?? otherwise ?? new Undefined(`No variable named '${term}' was found.`, term);
    }),
  varnames: (terms, _options, context) => {
    const names = [...context.variableNames()];
    return terms.flatMap((term) => {
      const regex = pythonRegex(toText(term));
      return names.filter((name) => searchFrom(regex, name) !== null);
    });
  },
  env: (terms, options) =>
    terms.map((term) => {
      const name = toText(term).split(/\s+/)[0] ?? "";
      return process.env[name] ?? options.get("default") ?? "";
    }),
};
