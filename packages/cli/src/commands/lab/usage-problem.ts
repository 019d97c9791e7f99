import { InputError } from "@evenkeel/core";

/** A command line that its parser could not see to be wrong. */
export const usageProblem = (message: string, hint?: string): InputError =>
  new InputError({ code: "cli/usage", message, ...(hint === undefined ? {} : { hint }) });
