import type { ParamWords } from "@evenkeel/core";

/** JSON Schema as modules write it, with the words that are for the language. */
export interface Schema extends ParamWords {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** The words above, and those that say nothing about values: others would be passed over in silence. */
export const knownWords = new Set([
  ..."type properties required additionalProperties patternProperties items anyOf oneOf allOf enum const default".split(
    " ",
  ),
  ..."description pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf".split(" "),
  ..."minItems maxItems uniqueItems minProperties maxProperties variable variablesNamedBy title examples".split(" "),
  ..."deprecated aliases local unless expression mayBeSecret split refused $id $schema".split(" "),
]);
