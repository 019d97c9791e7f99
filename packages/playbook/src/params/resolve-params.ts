import { InputError } from "@evenkeel/core";
import { OMIT } from "@evenkeel/template";
import { prepare } from "../values/prepare.ts";
import { describe, flag } from "../values/value-type.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { expressionValue, expressionValues } from "./expression-value.ts";
import { localValue, templateMode } from "./local/local-value.ts";
import type { ParamSources } from "./open-params.ts";
import type { Problem } from "./problem.ts";
import { mistakeFrom } from "./say-problem.ts";
import type { Schema } from "./schema.ts";
import { settle } from "./settle.ts";
import type { Path, Shaping } from "./shape.ts";
import { shapeMapping } from "./shape.ts";

type Values = Readonly<Record<string, unknown>>;

/** Parameters as their module wants them. Throws an InputError when they cannot be made so. */
export function resolveParams(sources: ParamSources, scope: TaskScope): Values {
  const given: Record<string, unknown> = {};
  for (const each of sources.more) Object.assign(given, namedRight(mappingFrom(each, scope), sources));
  for (const [key, written] of sources.own) put(given, nameFor(key, written, sources, scope), written, sources, scope);
  const all = { ...given, ...fromVariables(sources, given, scope), ...preservedMode(sources, given, scope) };
  const problems: Problem[] = [];
  const made = shapeMapping(sources.schema.schema, all, [], shapingFor(sources, all, scope, problems));
  const [first] = problems;
  if (first) throw mistakeFrom(first, sources);
  return made;
}

function put(
  given: Record<string, unknown>,
  name: string,
  written: Written,
  sources: ParamSources,
  scope: TaskScope,
): void {
  const schema = sources.schema.properties.get(name);
  if (schema?.expression) given[name] = expressionValue(written, scope);
  else if (schema?.items?.expression) given[name] = expressionValues(written, scope);
  else {
    const value = prepare(written).resolve(scope);
    // What is omitted is not given by `module_defaults` either.
    if (value === OMIT) delete given[name];
    else given[name] = settle(value);
  }
}

/** Names of variables to be set may be made by templates. */
function nameFor(key: string, written: Written, { schema }: ParamSources, scope: TaskScope): string {
  if (!key.includes("{{")) return schema.names.get(key) ?? key;
  return String(prepare(written.standingFor(key)).resolve(scope));
}

function mappingFrom(written: Written, scope: TaskScope): Values {
  const value = settle(prepare(written).resolve(scope));
  if (isMapping(value)) return value instanceof Map ? Object.fromEntries(value as Map<string, unknown>) : value;
  if (value === OMIT || value === null) return {};
  throw new InputError({
    code: "playbook/params",
    message: `expected a mapping of parameters, found ${describe(value)}`,
    place: written.place,
  });
}

function namedRight(values: Values, { schema }: ParamSources): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [schema.names.get(name) ?? name, value]));
}

/** Parameters that nobody writes: they are variables' values. */
function fromVariables({ schema }: ParamSources, given: Values, scope: TaskScope): Values {
  const found: Record<string, unknown> = {};
  for (const [name, { variable, variablesNamedBy }] of schema.properties) {
    if (variable !== undefined && scope.has(variable)) found[name] = settle(scope.get(variable));
    const named = variablesNamedBy === undefined ? undefined : given[variablesNamedBy];
    if (!isMapping(named) || named instanceof Map) continue;
    const names = Object.keys(named).filter((each) => scope.has(each));
    found[name] = Object.fromEntries(names.map((each) => [each, settle(scope.get(each))]));
  }
  return found;
}

/** A template is handed on as a text, which has no mode of its own: `mode: preserve` is the template file's. */
function preservedMode({ schema }: ParamSources, { mode, ...given }: Values, scope: TaskScope): Values {
  if (mode !== "preserve") return {};
  for (const [name, { local }] of schema.properties) {
    const path = given[name];
    const found = local === "template" && typeof path === "string" ? templateMode(path, scope) : undefined;
    if (found !== undefined) return { mode: found };
  }
  return {};
}

function shapingFor(sources: ParamSources, given: Values, scope: TaskScope, problems: Problem[]): Shaping {
  return {
    problems,
    reveal(secret) {
      const text = secret.reveal();
      scope.world.revealed.add(text);
      return text;
    },
    special: (schema, value, path) => special(schema, value, path, { sources, given, scope }),
  };
}

interface Around {
  readonly sources: ParamSources;
  readonly given: Values;
  readonly scope: TaskScope;
}

function special(
  schema: Schema,
  value: unknown,
  path: Path,
  { sources, given, scope }: Around,
): { value: unknown } | undefined {
  if (schema.expression) return { value };
  const word = schema.local;
  if (word === undefined || typeof value !== "string") return undefined;
  if (schema.unless !== undefined && isOn(schema.unless, sources, given)) return undefined;
  try {
    return { value: localValue(word, value, given, scope) };
  } catch (error) {
    if (!(error instanceof InputError) || error.place) throw error;
    throw mistakeFrom({ path, message: error.message, ...(error.hint && { hint: error.hint }) }, sources, error);
  }
}

/** A flag as the task gives it, or as it is when nobody does. */
function isOn(name: string, { schema }: ParamSources, given: Values): boolean {
  return flag.read(given[name] ?? schema.properties.get(name)?.default ?? false) === true;
}
