import { defineModule, isUnsettled, Secret } from "@evenkeel/core";
import { debconf as debconfKind } from "@evenkeel/kinds";
import { Type } from "typebox";
import { demandSense } from "../files/demand-sense.ts";

const types = [
  "boolean",
  "error",
  "multiselect",
  "note",
  "password",
  "seen",
  "select",
  "string",
  "text",
  "title",
] as const;

export const debconf = defineModule({
  name: "debconf",
  summary: "An answer to a question that a Debian package asks.",
  params: Type.Object(
    {
      name: Type.String({ description: "the package", aliases: ["pkg"] }),
      question: Type.Optional(
        Type.String({ description: "the question, such as postfix/mailname", aliases: ["selection", "setting"] }),
      ),
      vtype: Type.Optional(Type.Enum([...types], { type: "string", description: "the question's type" })),
      value: Type.Optional(
        Type.Unsafe<string | boolean | number | readonly string[] | Secret>({
          description: "the answer",
          aliases: ["answer"],
          mayBeSecret: true,
        }),
      ),
      unseen: Type.Boolean({ default: false, description: "the question may still be asked" }),
    },
    { additionalProperties: false },
  ),
  observe({ name, question, vtype, value }) {
    demandSense(`debconf ${name}`, {
      "`vtype` and `value` are needed with a `question`":
        question !== undefined && (vtype === undefined || value === undefined),
      "seen is no type that has a value": vtype === "seen",
    });
    return { answers: question === undefined ? [] : [debconfKind(question)] };
  },
  plan: ({ answers }, { name, vtype = "string", value = "", unseen }) =>
    answers.flatMap((each) =>
      debconfKind.ensure(each, { package: name, type: vtype, value: answerText(vtype, value), isUnseen: unseen }),
    ),
  result({ before, after }, { question }) {
    const shown = ({ answers: [answer] }: typeof before) =>
      answer === undefined || isUnsettled(answer.state) || answer.state.state === "absent" || question === undefined
        ? {}
        : { [question]: String(answer.state.value) };
    return { previous: shown(before), current: shown(after) };
  },
  returns: Type.Object({
    previous: Type.Record(Type.String(), Type.String(), { description: "the answer before" }),
    current: Type.Record(Type.String(), Type.String(), { description: "the answer now" }),
  }),
});

function answerText(
  type: (typeof types)[number],
  value: string | boolean | number | readonly string[] | Secret,
): string | Secret {
  const text = value instanceof Secret ? value : Array.isArray(value) ? value.join(", ") : String(value);
  if (type === "password" && typeof text === "string") return new Secret(text);
  return type === "boolean" && typeof text === "string" ? text.toLowerCase() : text;
}
