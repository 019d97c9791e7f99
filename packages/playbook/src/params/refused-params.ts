import { InputError } from "@evenkeel/core";
import type { ParamSources } from "./open-params.ts";

/** What a task says of parameters that Ansible has and we do not. */
export function refusedParams({ own, schema }: ParamSources): readonly InputError[] {
  return [...own].flatMap(([key, written]) => {
    const reason = schema.properties.get(schema.names.get(key) ?? key)?.refused;
    if (reason === undefined) return [];
    const message = `${String(schema.module.name)} does not support ${JSON.stringify(key)}: ${reason}`;
    return [new InputError({ code: "playbook/refused-parameter", message, place: written.keyPlace })];
  });
}
