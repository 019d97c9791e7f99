import type { Here } from "../reading.ts";
import { hasTemplate } from "../values/prepare.ts";
import type { Written } from "../written/written.ts";
import { isMapping } from "../written/written.ts";
import { knownNow } from "./known-now.ts";
import type { ParamSources } from "./open-params.ts";
import type { Problem } from "./problem.ts";
import { refusedParams } from "./refused-params.ts";
import { mistakeFrom } from "./say-problem.ts";
import { shapeMapping, unknownName } from "./shape.ts";

/** Checks what is known of a task's parameters before anything runs. */
export function checkParams(sources: ParamSources, { reading: { mistakes } }: Here): void {
  const { own, more, schema } = sources;
  for (const each of refusedParams(sources)) mistakes.catch(each);
  const problems: Problem[] = [];
  const known: Record<string, unknown> = {};
  for (const [key, written] of own) {
    const name = schema.names.get(key) ?? key;
    const property = schema.properties.get(name);
    if (property?.refused !== undefined) continue;
    if (property === undefined && schema.others === false && !hasTemplate(key)) {
      problems.push({ path: [key], ...unknownName(key, [...schema.names.keys()]) });
    } else if (property?.variable !== undefined || property?.variablesNamedBy !== undefined) {
      problems.push({ path: [key], message: "is set by the engine, and cannot be given" });
    } else if (!hasTemplate(key))
      known[name] = property?.expression || property?.items?.expression ? written.value : knownNow(written);
  }
  const special = (each: { expression?: boolean; local?: unknown }, value: unknown) =>
    each.expression || (each.local && typeof value === "string") ? { value } : undefined;
  shapeMapping(schema.schema, known, [], { problems, special, reveal: () => "" });
  const isComplete = more.every(({ value }) => isMapping(value));
  const elsewhere = new Set(more.flatMap((each) => each.entries.map(([key]) => schema.names.get(key) ?? key)));
  for (const problem of problems) {
    const isElsewhere =
      problem.isMissing && problem.path.length === 1 && (!isComplete || elsewhere.has(String(problem.path[0])));
    if (!isElsewhere) mistakes.catch(mistakeFrom(problem, sources));
  }
  for (const each of more) checkDefaults(each, sources, mistakes);
}

/** A default for what the module does not have is a mistake, too. */
function checkDefaults(written: Written, { schema }: ParamSources, mistakes: Here["reading"]["mistakes"]): void {
  if (!isMapping(written.value) || schema.others !== false) return;
  for (const [key, each] of written.entries) {
    if (schema.names.has(key) || hasTemplate(key)) continue;
    const { hint } = unknownName(key, [...schema.names.keys()]);
    const message = `${String(schema.module.name)} has no parameter ${JSON.stringify(key)}`;
    mistakes.add({ code: "unknown-parameter", message, place: each.keyPlace, ...(hint && { hint }) });
  }
}
