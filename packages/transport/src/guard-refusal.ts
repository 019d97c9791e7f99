import { StepError } from "@evenkeel/core";
import type { Answer } from "./shell/request.ts";

/** What to throw when a guard said no: see evk_admit in driver.sh. */
export function guardRefusal(what: string, answer: Answer | undefined): StepError | undefined {
  const words = answer?.stdout.bytes().toString() ?? "";
  if (answer?.status === 0 || !words.startsWith("guard\n")) return undefined;
  return new StepError({
    code: "transport/guard",
    message: `the guard before ${what} said no`,
    detail: words.slice("guard\n".length).trim(),
    hint: "nothing was done; see the detail for what has to be so first",
  });
}
