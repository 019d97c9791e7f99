import type { Place } from "@evenkeel/core";
import { closest, InputError } from "@evenkeel/core";
import type { Position } from "../python/fault.ts";
import { TemplateFault } from "../python/fault.ts";
import { Failed, Tripped, Undefined } from "../python/marker.ts";
import { UndefinedVariable } from "../undefined-variable.ts";
import type { Origin } from "./environment.ts";

/** Who knows what a template is at when something goes wrong, and which texts are not to be told. */
interface Witness {
  readonly at: Position;
  conceal(message: string): string;
}

/** Does work on a template, and gives what goes wrong the place where that is written. */
export function located<Result>(origin: Origin | undefined, work: () => Result, witness?: Witness): Result {
  try {
    return work();
  } catch (error) {
    throw asInputError(error, origin, witness?.at, (text) => witness?.conceal(text) ?? text);
  }
}

type Conceal = (text: string) => string;

function asInputError(error: unknown, origin: Origin | undefined, at: Position | undefined, conceal: Conceal): unknown {
  if (error instanceof Tripped) {
    const { marker } = error;
    if (marker instanceof Failed) return asInputError(marker.error, origin, marker.at, conceal);
    return marker instanceof Undefined ? undefinedVariable(marker, origin, at, conceal) : error;
  }
  if (error instanceof TemplateFault) {
    const { code, hint } = error;
    const place = placeOf(origin, error.at ?? at);
    const message = conceal(error.message);
    return new InputError({ code, message, ...place, ...(hint !== undefined && { hint: conceal(hint) }) });
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
  conceal: Conceal,
): unknown {
  if (facts.origin !== undefined) return facts.origin;
  const { wanted, candidates } = facts;
  const hint = wanted === undefined || candidates === undefined ? undefined : closest(wanted, candidates());
  return new UndefinedVariable({
    code: "template/undefined",
    message: conceal(message),
    ...placeOf(origin, at ?? now),
    ...(hint && { hint }),
  });
}

function placeOf(origin: Origin | undefined, at: Position | undefined): { readonly place?: Place } {
  if (at === undefined) return typeof origin === "object" ? { place: origin } : {};
  const place = placeAt(origin, at);
  return place === undefined ? {} : { place };
}

/** Where a position of a template is, when it is known where the template stands. */
export function placeAt(origin: Origin | undefined, { lineno, colno, file }: Position): Place | undefined {
  const line = lineno + 1;
  const column = colno + 1;
  if (file !== undefined) return { file, line, column };
  if (origin === undefined) return undefined;
  if (typeof origin === "function") return origin(line, column);
  if (origin.line === undefined) return { ...origin, line, column };
  return { ...origin, line: origin.line + lineno, column: lineno === 0 ? (origin.column ?? 1) + colno : column };
}
