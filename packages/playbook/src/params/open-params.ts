import type { AnyModule, InputError, Open } from "@evenkeel/core";
import type { Heritage } from "../keywords/heritage.ts";
import type { Here } from "../reading.ts";
import type { Call } from "../tasks/find-call.ts";
import { refusalOf } from "../tasks/modules-elsewhere.ts";
import { fixed, open } from "../values/open.ts";
import { prepare } from "../values/prepare.ts";
import type { Written } from "../written/written.ts";
import { checkParams } from "./check-params.ts";
import { defaultsFor } from "./module-defaults.ts";
import type { ModuleSchema } from "./module-schema.ts";
import { schemaOf } from "./module-schema.ts";
import { refusedParams } from "./refused-params.ts";
import { resolveParams } from "./resolve-params.ts";
import type { Schema } from "./schema.ts";

/** All that decides a task's parameters. */
export interface ParamSources {
  readonly schema: ModuleSchema;
  /** As the task has them, under the names that they were given. */
  readonly own: ReadonlyMap<string, Written>;
  /** Mappings that give more of them, the strongest last: `module_defaults`, then `args: "{{ … }}"`. */
  readonly more: readonly Written[];
  /** The module's key, where what is missing should be. */
  readonly call: Written;
}

interface Parts {
  readonly call: Call & { readonly module: AnyModule };
  readonly heritage: Heritage;
  readonly here: Here;
}

/** A task's parameters: checked as far as they are known now, resolved and checked in full when the task runs. */
export function openParams({ call, heritage, here }: Parts): Open<Readonly<Record<string, unknown>>> {
  const { module, params, freeForm, splats, written } = call;
  const { freeForm: textName } = module;
  const own = new Map([...(freeForm && textName !== undefined ? [[textName, freeForm] as const] : []), ...params]);
  const more = [...defaultsFor(module, heritage, here.reading), ...splats];
  const sources: ParamSources = { schema: schemaOf(module), own, more, call: written };
  // As with modules that we do not have: behind a condition it only matters where the task is come to.
  const refusal = refusalOf(module) ?? (heritage.all("when").length > 0 ? refusedParams(sources)[0] : undefined);
  if (refusal) return open(call.written.value, () => refused(refusal));
  checkParams(sources, here);
  const source = Object.fromEntries([...own].map(([name, { value }]) => [name, value]));
  const whole = open(source, (scope) => resolveParams(sources, scope));
  return isSameForAll(sources) ? keptFrom(whole, source) : whole;
}

function refused(refusal: InputError): never {
  throw refusal;
}

/** What does not depend on variables or files is worked out once, when it is first needed. */
function keptFrom(
  whole: Open<Readonly<Record<string, unknown>>>,
  source: unknown,
): Open<Readonly<Record<string, unknown>>> {
  let known: Open<Readonly<Record<string, unknown>>> | undefined;
  return {
    source,
    resolve(scope) {
      known ??= fixed(whole.resolve(scope));
      return known.resolve(scope);
    },
  };
}

function isSameForAll({ own, more, schema }: ParamSources): boolean {
  if (more.length > 0 || [...schema.properties.values()].some((each) => each.variable ?? each.variablesNamedBy))
    return false;
  return [...own].every(([name, written]) => {
    const property = schema.properties.get(schema.names.get(name) ?? name);
    return prepare(written).isStatic && !(property && dependsOnMore(property)) && !name.includes("{");
  });
}

function dependsOnMore({ local, expression, items, anyOf = [], properties = {} }: Schema): boolean {
  if (local ?? expression) return true;
  return [...(items ? [items] : []), ...anyOf, ...Object.values(properties)].some(dependsOnMore);
}
