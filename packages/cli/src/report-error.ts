import { CommanderError } from "commander";

/** 0 all well, 1 it failed, 2 what was asked for is wrong. */
export function exitStatus(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return all(error).every(isInputError) ? 2 : 1;
}

/** An error as the user reads it: what is wrong, where it was written, what was seen, and what to do. */
export function reportError(error: unknown): string {
  return all(error).map(reportOne).join("");
}

/** Several mistakes are found at once, and all of them are told. */
function all(error: unknown): readonly unknown[] {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error];
}

function reportOne(error: unknown): string {
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const { code, hint, detail, place, host } = error as { readonly [fact: string]: unknown } & Error;
  const [first = "", ...rest] = error.message.split("\n");
  const head = `${isPlace(place) ? at(place) : "evenkeel"}: ${first}${typeof code === "string" ? `  [${code}]` : ""}`;
  const lines = [
    head,
    ...rest,
    ...(typeof host === "string" ? [`  host  ${host}`] : []),
    ...(typeof detail === "string" && detail !== "" ? detail.split("\n").map((line) => `  ${line}`) : []),
    ...(typeof hint === "string" ? [`  next  ${hint}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** An error as data. */
export function errorFacts(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, hint, detail, place } = error as { readonly [fact: string]: unknown } & Error;
  return { name: error.name, code, message: error.message, detail, hint, place };
}

interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

function isPlace(place: unknown): place is Place {
  return typeof place === "object" && place !== null && "file" in place;
}

function at({ file, line, column }: Place): string {
  return [file, line, column].filter((each) => each !== undefined).join(":");
}

// Asked by name, since the class comes with code that is only loaded when it is needed.
const isInputError = (error: unknown): boolean => error instanceof Error && error.name === "InputError";
