import type { AnyModule, Secret } from "@evenkeel/core";
import { defineKind, defineModule, isUnsettled, MaybeSecret } from "@evenkeel/core";
import { Type } from "typebox";
import { expect, test } from "vitest";
import { moduleLaws } from "./module-laws.ts";

const word = defineKind<{ readonly text: string }, string | Secret>({
  name: "word",
  read: () => "",
  parse: () => new Map(),
  ensure: ({ kind, key, state }, desired) => {
    const text = String(desired);
    if (!isUnsettled(state) && state.text === text) return [];
    return [
      {
        kind,
        key,
        action: "ensure",
        before: state,
        after: { text },
        steps: [{ do: "run", argv: ["set", text] }],
        undo: [],
        interrupts: "nothing",
      },
    ];
  },
  isAsPlanned: (actual, after) => actual.text === after.text,
  isAbsent: ({ text }) => text === "",
  describe: ({ text }) => ({ text }),
});

const good = defineModule({
  name: "good",
  summary: "Sets a word.",
  params: Type.Object({ text: MaybeSecret({ description: "the word" }) }, { additionalProperties: false }),
  observe: () => ({ current: word("w") }),
  plan: ({ current }, { text }) => word.ensure(current, text),
});

const examples = [{ params: { text: "new" }, states: [{ text: "old" }] }];

/** The names of the laws that a module breaks. */
function broken(module: AnyModule): string[] {
  return moduleLaws(module, [word], examples).flatMap(({ name, check }) => {
    try {
      void check();
      return [];
    } catch {
      return [name.replace(/^.*: /, "")];
    }
  });
}

test("a good module breaks none", () => {
  expect(broken(good)).toEqual([]);
});

/** The good module, planning in another way. */
const planning = (plan: typeof good.plan) => ({ ...good, plan });

const bad: readonly { readonly name: string; readonly module: AnyModule; readonly laws: readonly string[] }[] = [
  {
    name: "an undescribed parameter",
    module: { ...good, params: Type.Object({ text: Type.String() }, { additionalProperties: false }) },
    laws: ["every parameter is described, and unknown ones are refused"],
  },
  {
    name: "a clock",
    module: planning(({ current }) => word.ensure(current, String(process.hrtime.bigint()))),
    laws: ["asking and planning are pure, and plain data", "what is planned is enough"],
  },
  {
    name: "writing to what it was given",
    module: planning((answers, params) => {
      Object.assign(params, { text: "x" });
      return good.plan(answers, params);
    }),
    laws: [
      "asking and planning are pure, and plain data",
      "what is planned is enough",
      "it decides, and says the same, when nothing is known yet",
    ],
  },
  {
    name: "giving up when it does not know",
    module: planning((answers, params) => (isUnsettled(answers.current.state) ? [] : good.plan(answers, params))),
    laws: ["it decides, and says the same, when nothing is known yet"],
  },
  {
    name: "a secret in a command line",
    module: planning(({ current }, { text }) => word.ensure(current, typeof text === "string" ? text : text.reveal())),
    laws: ["no secret shows"],
  },
];

test.each(bad)("$name is found", ({ module, laws }) => {
  expect(broken(module)).toEqual(laws);
});
