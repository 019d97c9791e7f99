import type { ArgumentRule, ArgumentSpec } from "./argument-spec.ts";
import { convertArgument, typeName } from "./convert-argument.ts";
import { relationErrors } from "./relation-errors.ts";

type Values = Record<string, unknown>;

/** All that is wrong with arguments, in the words of Ansible; nothing when they are right. */
export function validateArguments(spec: ArgumentSpec, values: Readonly<Values>): readonly string[] {
  const unknown: Unknown[] = [];
  const errors = validate(spec, {}, values, [], unknown);
  return unknown.length === 0 ? errors : [...errors, unsupported(unknown)];
}

interface Unknown {
  readonly name: string;
  readonly spec: ArgumentSpec;
}

/** One level of arguments; `within` names the mappings that it is in. */
function validate(
  spec: ArgumentSpec,
  rule: ArgumentRule,
  given: Readonly<Values>,
  within: readonly string[],
  unknown: Unknown[],
): string[] {
  const values = unaliased(spec, given);
  const place = within.length === 0 ? "" : ` found in ${within.join(" -> ")}`;
  for (const name of Object.keys(given))
    if (!isKnown(spec, name)) unknown.push({ name: [...within, name].join("."), spec });
  const errors = relationErrors({ mutually_exclusive: rule.mutually_exclusive ?? [] }, values, place);
  for (const [name, { default: usual }] of Object.entries(spec)) {
    if (!(name in values) && usual !== undefined && usual !== null) values[name] = usual;
  }
  const missing = Object.entries(spec).filter(([name, { required }]) => required && !(name in values));
  if (missing.length > 0)
    errors.push(`missing required arguments: ${missing.map(([name]) => name).join(", ")}${place}`);
  for (const [name, each] of Object.entries(spec)) errors.push(...typeErrors(name, each, values, place));
  for (const [name, each] of Object.entries(spec)) errors.push(...choiceErrors(name, each, values, place));
  const { mutually_exclusive: _, ...relations } = rule;
  errors.push(...relationErrors(relations, values, place));
  for (const [name, each] of Object.entries(spec)) errors.push(...innerErrors(name, each, values, within, unknown));
  return errors;
}

function isKnown(spec: ArgumentSpec, name: string): boolean {
  return name in spec || Object.values(spec).some(({ aliases = [] }) => aliases.includes(name));
}

function unaliased(spec: ArgumentSpec, given: Readonly<Values>): Values {
  const values = { ...given };
  for (const [name, { aliases = [] }] of Object.entries(spec)) {
    for (const alias of aliases) if (alias in given) values[name] = given[alias];
  }
  return values;
}

function typeErrors(name: string, rule: ArgumentRule, values: Values, place: string): string[] {
  const value = values[name];
  const isLeftOut = value === null && !rule.required && (rule.default ?? null) === null;
  if (!(name in values) || isLeftOut) return [];
  const found = place === "" ? "" : `${place},`;
  try {
    values[name] = convertArgument(value, rule.type);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    delete values[name];
    return [
      `argument '${name}' is of type ${typeName(value)}${found} and we were unable to convert to ${rule.type}: ${reason}`,
    ];
  }
  if (rule.elements === undefined || !Array.isArray(values[name])) return [];
  const list = [...values[name]];
  values[name] = list;
  return list.flatMap((element: unknown, index) => {
    try {
      list[index] = convertArgument(element, rule.elements);
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [
        `Elements value for option '${name}'${found} is of type ${typeName(element)} and we were unable to convert to ${rule.elements}: ${reason}`,
      ];
    }
  });
}

function choiceErrors(name: string, { choices }: ArgumentRule, values: Values, place: string): string[] {
  const value = values[name];
  if (choices === undefined || value === undefined || value === null) return [];
  const wrong = (Array.isArray(value) ? value : [value]).filter((each) => !choices.includes(each));
  if (wrong.length === 0) return [];
  if (!Array.isArray(value))
    return [`value of ${name} must be one of: ${choices.join(", ")}, got: ${String(value)}${place}`];
  return [
    `value of ${name} must be one or more of: ${choices.join(", ")}. Got no match for: ${wrong.join(", ")}${place}`,
  ];
}

/** Mappings within, each by rules of its own. */
function innerErrors(name: string, rule: ArgumentRule, values: Values, within: readonly string[], unknown: Unknown[]) {
  const isNested = rule.type === "dict" || (rule.type === "list" && rule.elements === "dict");
  if (!isNested || rule.options === undefined) return [];
  const value = values[name] ?? (rule.apply_defaults ? {} : undefined);
  if (value === undefined) return [];
  const { options } = rule;
  return (Array.isArray(value) ? value : [value]).flatMap((each: unknown) => {
    if (typeof each === "object" && each !== null && !Array.isArray(each)) {
      return validate(options, rule, each as Values, [...within, name], unknown);
    }
    return typeof each === "string" ? [] : [`value of '${name}' must be of type dict or list of dicts`];
  });
}

function unsupported(unknown: readonly Unknown[]): string {
  const names = unknown.map(({ name }) => name).sort();
  const spec = unknown.at(-1)?.spec ?? {};
  const supported = Object.keys(spec).sort().join(", ");
  const aliases = Object.values(spec).flatMap((rule) => rule.aliases ?? []);
  const other = aliases.length === 0 ? "" : ` (${aliases.sort().join(", ")})`;
  return `${names.join(", ")}. Supported parameters include: ${supported}${other}.`;
}
