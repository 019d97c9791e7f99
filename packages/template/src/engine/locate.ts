import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { closest } from "../python/closest.ts";
import type { Position } from "../python/fault.ts";
import { TemplateFault } from "../python/fault.ts";
import { Failed, Tripped, Undefined } from "../python/marker.ts";
import { UndefinedVariable } from "../undefined-variable.ts";
import type { Origin } from "./environment.ts";

/** Does work on a template, and gives what goes wrong the place where that is written. */
export function located<Result>(
  origin: Origin | undefined,
  at: () => Position | undefined,
  work: () => Result,
): Result {
  try {
    return work();
  } catch (error) {
    throw asInputError(error, origin, at());
  }
}

function asInputError(error: unknown, origin: Origin | undefined, at: Position | undefined): unknown {
  if (error instanceof Tripped) {
    const { marker } = error;
    if (marker instanceof Failed) return asInputError(marker.error, origin, marker.at);
    return marker instanceof Undefined ? undefinedVariable(marker, origin, at) : error;
  }
  if (error instanceof TemplateFault) {
    const { code, message, hint } = error;
    return new InputError({ code, message, ...placeOf(origin, error.at ?? at), ...(hint !== undefined && { hint }) });
  }
  if (!(error instanceof RangeError)) return error;
  const message = /stack/.test(error.message)
    ? "the template calls itself without end"
    : "the template makes too long a text";
  return new InputError({ code: "template/limit", message, ...placeOf(origin, at), cause: error });
}

function undefinedVariable(
  { message, facts, at }: Undefined,
  origin: Origin | undefined,
  now: Position | undefined,
): unknown {
  if (facts.origin !== undefined) return facts.origin;
  const { wanted, candidates } = facts;
  const hint = wanted === undefined || candidates === undefined ? undefined : closest(wanted, candidates());
  return new UndefinedVariable({
    code: "template/undefined",
    message,
    ...placeOf(origin, at ?? now),
    ...(hint && { hint }),
  });
}

function placeOf(origin: Origin | undefined, at: Position | undefined): { readonly place?: Place } {
  const line = (at?.lineno ?? 0) + 1;
  const column = (at?.colno ?? 0) + 1;
  if (at?.file !== undefined) return { place: { file: at.file, line, column } };
  if (origin === undefined) return {};
  if (typeof origin === "function") return { place: origin(line, column) };
  if (at === undefined || origin.line === undefined)
    return { place: at === undefined ? origin : { ...origin, line, column } };
  const isFirst = line === 1;
  return {
    place: { ...origin, line: origin.line + line - 1, column: isFirst ? (origin.column ?? 1) + column - 1 : column },
  };
}
