import type { AnyModule } from "@evenkeel/core";
import type { ErrorObject } from "ajv";
import { Ajv } from "ajv";
import { closest } from "./closest.ts";

export interface ParamProblem {
  readonly message: string;
  readonly hint?: string;
}

const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: false });

/** Checks a task's parameters against its module's schema; what is wrong reads like a person wrote it. */
export function checkParams(module: AnyModule, given: Readonly<Record<string, unknown>>) {
  const params = structuredClone(given) as Record<string, unknown>;
  const check = ajv.compile(module.params);
  const problems = check(params) ? [] : (check.errors ?? []).map((error) => say(module, error));
  return { params, problems };
}

function say(module: AnyModule, { keyword, instancePath, params, message }: ErrorObject): ParamProblem {
  const name = instancePath.slice(1).replaceAll("/", ".");
  if (keyword === "additionalProperties") {
    const extra = String(params.additionalProperty);
    const hint = closest(extra, Object.keys(module.params.properties));
    return { message: `${module.name} has no parameter ${JSON.stringify(extra)}`, ...(hint && { hint }) };
  }
  if (keyword === "required") return { message: `${module.name} needs ${JSON.stringify(params.missingProperty)}` };
  const { description } = module.params.properties[name] ?? {};
  return { message: `${module.name}: ${name} ${message}`, ...(description && { hint: `${name}: ${description}` }) };
}
