import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Written } from "../written/written.ts";
import type { ParamSources } from "./open-params.ts";
import type { Problem } from "./problem.ts";
import { pathText } from "./problem.ts";

/** A problem as people are told it, at the place where the value is written. */
export function mistakeFrom(problem: Problem, sources: ParamSources, cause?: InputError): InputError {
  const { path, message, hint } = problem;
  const module = String(sources.schema.module.name);
  const [top] = path;
  const isTop = path.length === 1;
  const name = JSON.stringify(top);
  const text =
    isTop && problem.isMissing
      ? `${module} needs the parameter ${name}`
      : isTop && message === "is not known"
        ? `${module} has no parameter ${name}`
        : `${module}: ${pathText(path)}${joint(message)}${message}`;
  return new InputError({
    code: cause?.code ?? codeOf(problem),
    message: text,
    place: placeOf(problem, sources),
    ...(hint && { hint }),
    ...(cause?.detail !== undefined && { detail: cause.detail }),
    ...(cause && { cause }),
  });
}

function codeOf({ isMissing, message }: Problem): string {
  if (isMissing) return "playbook/missing-parameter";
  return message === "is not known" ? "playbook/unknown-parameter" : "playbook/parameter";
}

/** `mode: expected …`, but `mode is empty`. */
function joint(message: string): string {
  return /^(is|needs|takes|has) /.test(message) ? " " : ": ";
}

function placeOf({ path, isMissing, message }: Problem, sources: ParamSources): Place {
  const { own, more, call, schema } = sources;
  const [top, ...rest] = path;
  const all = [...own, ...more.flatMap(({ entries }) => entries)];
  const given = all.find(([key]) => key === top || schema.names.get(key) === top)?.[1];
  if (given === undefined) return call.keyPlace;
  let found: Written = given;
  for (const step of isMissing ? rest.slice(0, -1) : rest) {
    const next = typeof step === "number" ? found.items[step] : found.get(step);
    if (next === undefined) return found.place;
    found = next;
  }
  return message === "is not known" ? found.keyPlace : found.place;
}
