import { InputError } from "@evenkeel/core";

/** A task that says nothing of what a module needs one of is a mistake. */
export function demandOneOf(module: string, params: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  if (names.some((name) => params[name] !== undefined && params[name] !== false && params[name] !== "no")) return;
  throw new InputError({
    code: "params/one-of",
    message: `${module} needs one of ${names.join(", ")}`,
    hint: "say what is to be done",
  });
}
