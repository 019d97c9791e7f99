import { CommanderError } from "commander";

/** 0 all well, 1 it failed, 2 what was asked for is wrong. */
export function exitStatus(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return isInputError(error) ? 2 : 1;
}

/** An error as the user reads it: what is wrong, then what to do. */
export function reportError(error: unknown): string {
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const hint = "hint" in error && typeof error.hint === "string" ? `\n  next  ${error.hint}` : "";
  const code = "code" in error && typeof error.code === "string" ? `  [${error.code}]` : "";
  const [first = "", ...rest] = error.message.split("\n");
  return `${[`evenkeel: ${first}${code}`, ...rest].join("\n")}${hint}\n`;
}

// Asked by name, since the class comes with code that is only loaded when it is needed.
const isInputError = (error: unknown): boolean => error instanceof Error && error.name === "InputError";
