import { defineModule, ExpressionParam, InputError, UnsettledValue } from "@evenkeel/core";
import { Type } from "typebox";

export const debug = defineModule({
  name: "debug",
  summary: "Says something, or shows what a variable holds.",
  params: Type.Object(
    {
      msg: Type.Optional(Type.Unknown({ description: "what to say: text, or any value; else a greeting" })),
      var: Type.Optional(
        ExpressionParam({ description: "an expression, most often a variable's name, without braces" }),
      ),
      verbosity: Type.Integer({ default: 0, description: "how many -v it takes to be heard" }),
      verbosity_now: Type.Optional(
        Type.Unsafe<number>({
          ...{ type: "integer", variable: "ansible_verbosity" },
          description: "how many -v there are",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan(_answers, { msg, var: shown }) {
    if (msg === undefined || shown === undefined) return [];
    throw new InputError({ code: "debug/both", message: "debug takes either `msg` or `var`, not both" });
  },
  result(_made, { msg = "Hello world!", var: shown, verbosity, verbosity_now: heard = 0 }) {
    if (verbosity > heard) return { skipped: true, skipped_reason: "Verbosity threshold not met." };
    return shown === undefined ? { msg } : { [shown.source]: held(shown) };
  },
  returns: Type.Object(
    { msg: Type.Optional(Type.Unknown({ description: "what it said" })) },
    { additionalProperties: true },
  ),
});

/** To look at what is not there is what this is for. */
function held(shown: { readonly value: unknown }): unknown {
  try {
    return shown.value;
  } catch (error) {
    if (error instanceof UnsettledValue || !(error instanceof Error)) throw error;
    return `<< error 1 - ${error.message} >>`;
  }
}
