import { closest, Secret } from "@evenkeel/core";
import { Float } from "@evenkeel/template";
import { describe } from "../values/value-type.ts";
import { isMapping } from "../written/written.ts";
import { coerce, isOfType } from "./coerce.ts";
import { checkLimits } from "./limits.ts";
import type { Problem } from "./problem.ts";
import type { Schema } from "./schema.ts";

/** Stands for what is not known while a playbook is only checked: right wherever it stands. */
export const UNKNOWN = Symbol("unknown until it runs");

/** What acts on values while they are shaped: files that are found, expressions that are evaluated. */
export interface Shaping {
  readonly problems: Problem[];
  /** A value whose schema has a word of the language's; undefined when it has none that is for it. */
  special?(schema: Schema, value: unknown, path: Path): { readonly value: unknown } | undefined;
  /** A secret is handed on: its text has to be hidden in what is printed, whoever repeats it. */
  reveal(secret: Secret): string;
}

export type Path = readonly (string | number)[];

/** A value as its schema wants it, with its defaults. What cannot be made so is added to the problems. */
function shape(schema: Schema, value: unknown, path: Path, shaping: Shaping): unknown {
  if (value === UNKNOWN) return value;
  const special = shaping.special?.(schema, value, path);
  if (special) return special.value;
  if (value instanceof Secret) {
    const text = shaping.reveal(value);
    return schema.mayBeSecret || isOpen(schema) ? value : shape(schema, text, path, shaping);
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches && schema.type === undefined) return shapeOneOf(branches, schema, value, path, shaping);
  const made = schema.type === undefined ? coerceChoice(schema, value) : coerce(schema, value);
  if (!isRight(schema, made)) {
    shaping.problems.push({ path, ...wrong(schema, value) });
    return made;
  }
  for (const message of checkLimits(schema, made)) shaping.problems.push({ path, message });
  for (const each of schema.allOf ?? []) shape(each, made, path, shaping);
  if (Array.isArray(made)) return shapeItems(schema, made, path, shaping);
  return isMapping(made) && !(made instanceof Map) ? shapeMapping(schema, made, path, shaping) : made;
}

/** A mapping that nobody has written, as its schema's defaults make it. */
export function shapeMapping(
  schema: Schema,
  given: Readonly<Record<string, unknown>>,
  path: Path,
  shaping: Shaping,
): Record<string, unknown> {
  const { properties = {}, required = [] } = schema;
  const { names, defaults } = knownOf(schema);
  const made: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const name = names.get(key);
    const own = name === undefined ? otherSchema(schema, key) : properties[name];
    if (own === undefined) shaping.problems.push({ path: [...path, key], ...unknownName(key, [...names.keys()]) });
    else if (value !== null || name === undefined || isNullable(own))
      made[name ?? key] = shape(own, value, [...path, key], shaping);
  }
  for (const [name, value] of defaults)
    if (!(name in made)) made[name] = typeof value === "object" ? structuredClone(value) : value;
  for (const name of required) {
    if (!(name in made)) shaping.problems.push({ path: [...path, name], message: "is missing", isMissing: true });
  }
  return made;
}

/** What a mapping's schema comes to, asked for at each task of each host. */
interface Known {
  /** Which property each name and alias stands for. */
  readonly names: ReadonlyMap<string, string>;
  readonly defaults: readonly (readonly [name: string, value: unknown])[];
}

const known = new WeakMap<Schema, Known>();

function knownOf(schema: Schema): Known {
  const before = known.get(schema);
  if (before) return before;
  const properties = Object.entries(schema.properties ?? {});
  const made = {
    names: new Map(properties.flatMap(([name, { aliases = [] }]) => [name, ...aliases].map((each) => [each, name]))),
    defaults: properties.flatMap(([name, own]) => (own.default === undefined ? [] : [[name, own.default] as const])),
  };
  known.set(schema, made);
  return made;
}

export function unknownName(name: string, known: readonly string[]): Pick<Problem, "message" | "hint"> {
  const hint = closest(name, known);
  return { message: "is not known", ...(hint && { hint }) };
}

/** The schema of a key that is not named by its own. */
function otherSchema({ additionalProperties = true, patternProperties = {} }: Schema, key: string): Schema | undefined {
  const match = Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern, "u").test(key));
  if (match) return match[1];
  if (typeof additionalProperties === "object") return additionalProperties;
  return additionalProperties ? {} : undefined;
}

function shapeItems(schema: Schema, list: readonly unknown[], path: Path, shaping: Shaping): unknown {
  const { items } = schema;
  return items ? list.map((each, index) => shape(items, each, [...path, index], shaping)) : list;
}

/** The branch that a value fits as it is, else the first that it can be made to fit. */
function shapeOneOf(
  branches: readonly Schema[],
  schema: Schema,
  value: unknown,
  path: Path,
  shaping: Shaping,
): unknown {
  const ordered = [
    ...branches.filter((each) => fitsAsIs(each, value)),
    ...branches.filter((each) => !fitsAsIs(each, value)),
  ];
  for (const branch of ordered) {
    const problems: Problem[] = [];
    const made = shape(branch, value, path, { ...shaping, problems });
    if (problems.length === 0) return made;
    // What is of the right kind and still wrong is what was meant.
    if (isMapping(value) && fitsAsIs(branch, value)) {
      shaping.problems.push(...problems);
      return made;
    }
  }
  shaping.problems.push({ path, ...wrong(schema, value) });
  return value;
}

function fitsAsIs(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return isSame(schema.const, value);
  if (schema.enum !== undefined) return schema.enum.some((each) => isSame(each, value));
  return isOfType(schema, value);
}

/** Ansible's choices are texts, and YAML makes booleans of some: `state: yes`. */
function coerceChoice(schema: Schema, value: unknown): unknown {
  const choices = choicesOf(schema);
  if (choices === undefined || choices.some((each) => isSame(each, value))) return value;
  const words = typeof value === "boolean" ? booleanWords[value ? "yes" : "no"] : [String(value)];
  const found = choices.filter((each) => words.includes(String(each).toLowerCase()) || String(each) === String(value));
  return found.length === 1 ? found[0] : value;
}

const booleanWords = { yes: ["yes", "true", "on", "1"], no: ["no", "false", "off", "0"] };

function isRight(schema: Schema, value: unknown): boolean {
  const choices = choicesOf(schema);
  if (choices !== undefined) return choices.some((each) => isSame(each, value));
  return isOfType(schema, value);
}

function isSame(choice: unknown, value: unknown): boolean {
  return choice === value || (value instanceof Float && value.value === choice);
}

function choicesOf(schema: Schema): readonly unknown[] | undefined {
  return schema.const === undefined ? schema.enum : [schema.const];
}

function isOpen(schema: Schema): boolean {
  return schema.type === undefined && !schema.anyOf && !schema.oneOf && !schema.enum && schema.const === undefined;
}

function isNullable(schema: Schema): boolean {
  return isOpen(schema) || schema.type === "null" || (schema.anyOf ?? schema.oneOf ?? []).some(isNullable);
}

function wrong(schema: Schema, value: unknown): Pick<Problem, "message" | "hint"> {
  const choices = allChoices(schema);
  const hint = choices && typeof value === "string" ? closest(value, choices.map(String)) : undefined;
  return { message: `expected ${expectation(schema)}, found ${describe(value)}`, ...(hint && { hint }) };
}

function allChoices(schema: Schema): readonly unknown[] | undefined {
  const branches = schema.anyOf ?? schema.oneOf;
  return branches ? branches.flatMap((each) => allChoices(each) ?? []) : choicesOf(schema);
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "yes or no",
  array: "a list",
  object: "a mapping",
  null: "nothing",
};

function expectation(schema: Schema): string {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) {
    const choices = branches.flatMap((each) => choicesOf(each) ?? []);
    const rest = branches.filter((each) => choicesOf(each) === undefined).map(expectation);
    return [...new Set([...(choices.length > 0 ? [listed(choices)] : []), ...rest])].join(", or ");
  }
  const choices = choicesOf(schema);
  if (choices) return listed(choices);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  return types.map((each) => typeNames[each] ?? each).join(" or ") || "a value";
}

function listed(choices: readonly unknown[]): string {
  const words = choices.map((each) =>
    typeof each === "string" ? JSON.stringify(each).slice(1, -1) || '""' : String(each),
  );
  return words.length === 1 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
