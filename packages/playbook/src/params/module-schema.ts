import type { AnyModule } from "@evenkeel/core";
import { InternalError } from "@evenkeel/core";
import type { Schema } from "./schema.ts";
import { knownWords } from "./schema.ts";

/** A module's schema, ready to be used: worked out when the module is first called. */
export interface ModuleSchema {
  readonly module: AnyModule;
  readonly properties: ReadonlyMap<string, Schema>;
  /** From each name that a parameter can be given under to its own. */
  readonly names: ReadonlyMap<string, string>;
  readonly required: readonly string[];
  /** Other parameters may be given: what they are, or `true` for anything. */
  readonly others: boolean | Schema;
  readonly schema: Schema;
}

export function schemaOf(module: AnyModule): ModuleSchema {
  const known = made.get(module);
  if (known) return known;
  const schema = module.params as Schema;
  demandKnownWords(schema, module);
  const properties = new Map(Object.entries(schema.properties ?? {}));
  const names = [...properties].flatMap(([name, { aliases = [] }]) =>
    [name, ...aliases].map((each) => [each, name] as const),
  );
  const result: ModuleSchema = {
    module,
    properties,
    names: new Map(names),
    required: schema.required ?? [],
    others: schema.additionalProperties ?? true,
    schema,
  };
  made.set(module, result);
  return result;
}

const made = new WeakMap<AnyModule, ModuleSchema>();

/** A rule that is not understood would be a check that is not made. */
function demandKnownWords(schema: Schema, module: AnyModule): void {
  for (const word of Object.keys(schema)) {
    if (knownWords.has(word) || word.startsWith("~")) continue;
    throw new InternalError({
      code: "playbook/schema",
      message: `the module ${String(module.name)} uses the schema word ${JSON.stringify(word)}, which is not understood`,
    });
  }
  const {
    items,
    anyOf = [],
    oneOf = [],
    allOf = [],
    additionalProperties,
    properties = {},
    patternProperties = {},
  } = schema;
  const below = [
    items,
    ...anyOf,
    ...oneOf,
    ...allOf,
    ...Object.values(properties),
    ...Object.values(patternProperties),
  ];
  if (typeof additionalProperties === "object") below.push(additionalProperties);
  for (const each of below) if (each) demandKnownWords(each, module);
}
