import { closest } from "@evenkeel/core";
import type { VariableUse } from "@evenkeel/template";
import type { Schema } from "../params/schema.ts";
import type { SeenTask } from "../seen.ts";

/** What every result may have, whatever module it is of. */
const usual = [
  ..."changed failed skipped unreachable msg rc stdout stderr stdout_lines stderr_lines start end delta results diff".split(
    " ",
  ),
  ..."attempts warnings deprecations invocation exception skip_reason skipped_reason false_condition censored".split(
    " ",
  ),
  ..."failed_when_result ansible_facts ansible_job_id started finished item ansible_loop_var ansible_index_var".split(
    " ",
  ),
  ..."ansible_loop cmd module_stdout module_stderr elapsed backup_file".split(" "),
];

interface Fields {
  /** Undefined when they may be any. */
  known: Set<string> | undefined;
  isLooped: boolean;
}

/** Which fields registered results have. */
export function resultFields(tasks: readonly SeenTask[]): { problemIn(use: VariableUse): Problem | undefined } {
  const registered = new Map<string, Fields>();
  const setElsewhere = new Set<string>();
  for (const task of tasks) {
    const name = task.heritage.keywords.get("register")?.value;
    if (typeof name === "string") note(registered, name, task);
    for (const each of namesSet(task)) setElsewhere.add(each);
  }
  return {
    problemIn: ({ name, path, isPathGuarded }) => {
      const fields = registered.get(name);
      if (!fields?.known || isPathGuarded || setElsewhere.has(name)) return undefined;
      const [first, second, third] = path;
      const isItem = first === "results" && typeof second === "number";
      const field = isItem ? third : first;
      if (typeof field !== "string" || fields.known.has(field) || isMethod(field)) return undefined;
      const hint = closest(field, [...fields.known]);
      return { message: `the result ${name} never has a field ${JSON.stringify(field)}`, ...(hint && { hint }) };
    },
  };
}

interface Problem {
  readonly message: string;
  readonly hint?: string;
}

function note(registered: Map<string, Fields>, name: string, { call, heritage }: SeenTask): void {
  const fields = registered.get(name) ?? { known: new Set(usual), isLooped: false };
  registered.set(name, fields);
  const schema = call.module?.returns as Schema | undefined;
  const isOpen =
    schema === undefined || schema.additionalProperties === true || typeof schema.additionalProperties === "object";
  if (isOpen) fields.known = undefined;
  for (const each of Object.keys(schema?.properties ?? {})) fields.known?.add(each);
  for (const word of ["loop_var", "index_var"]) {
    const own = heritage.keywords.get("loop_control")?.get(word)?.value;
    if (typeof own === "string") fields.known?.add(own);
  }
}

function namesSet({ call, heritage }: SeenTask): readonly string[] {
  const vars = heritage.keywords.get("vars")?.entries.map(([name]) => name) ?? [];
  return call.name === "set_fact" ? [...call.params.keys(), ...vars] : vars;
}

/** What dicts can do in templates. */
function isMethod(name: string): boolean {
  return ["get", "items", "keys", "values", "copy", "update"].includes(name);
}
