import { defineModule, ExpressionParam, StepError } from "@evenkeel/core";
import { Type } from "typebox";

const Message = Type.Union([Type.String(), Type.Array(Type.String())]);

export const assert = defineModule({
  name: "assert",
  summary: "Fails unless conditions are true.",
  params: Type.Object(
    {
      that: Type.Array(ExpressionParam({ description: "a condition, without braces" }), {
        description: "conditions that must all be true; after the first that is not, none is looked at",
      }),
      fail_msg: Type.Union(Message.anyOf, {
        default: "Assertion failed",
        aliases: ["msg"],
        description: "what to say when one is not",
      }),
      success_msg: Type.Union(Message.anyOf, {
        default: "All assertions passed",
        description: "what to say when all are",
      }),
      quiet: Type.Boolean({ default: false, description: "say little" }),
    },
    { additionalProperties: false },
  ),
  observe: () => ({}),
  plan: () => [],
  result(_made, { that, fail_msg, success_msg }) {
    const wrong = that.find((condition) => !isTrue(condition));
    if (wrong === undefined) return { changed: false, msg: success_msg };
    return { failed: true, assertion: wrong.source, evaluated_to: false, msg: fail_msg };
  },
  returns: Type.Object({
    msg: Type.Union(Message.anyOf, { description: "what was said" }),
    assertion: Type.Optional(Type.String({ description: "the condition that is not true" })),
    evaluated_to: Type.Optional(Type.Boolean({ description: "what it is instead" })),
  }),
});

/** `when` and `that` take only yes and no, as Ansible does since 2.19. */
function isTrue({ source, value }: { readonly source: string; readonly value: unknown }): boolean {
  if (typeof value === "boolean") return value;
  throw new StepError({
    code: "assert/boolean",
    message: `a condition must be true or false, and ${JSON.stringify(source)} is ${JSON.stringify(value)}`,
    hint: "say what is meant: `x is defined`, `x | length > 0`, `x == 1`, `x | bool`",
  });
}
