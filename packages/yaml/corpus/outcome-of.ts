import { loadNormalForm } from "./normal-form.ts";
import type { Outcome } from "./recorded.ts";

/** What we make of a text. */
export function outcomeOf(text: string): Outcome {
  try {
    return { value: loadNormalForm(text) };
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    return { error: "InputError" };
  }
}
