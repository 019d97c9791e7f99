import { defineKind, defineModule, isUnsettled, quoteAll } from "@evenkeel/core";
import { Type } from "typebox";

const write = 'printf "set %s %s\\n" "$1" "$2" >>"$LOG"; [ "$2" != broken ] && printf %s "$2" >"$THINGS/$1"';

/** A thing of a fake host: a file with a value. */
export const thing = defineKind<string, string>({
  name: "thing",
  read: (keys) => `for k in ${quoteAll(keys)}; do cat "$THINGS/$k" 2>/dev/null; echo; done`,
  parse: (output, keys) => {
    const lines = Buffer.from(output).toString().split("\n");
    return new Map(keys.map((key, index) => [key, lines[index] ?? ""]));
  },
  ensure: ({ kind, key, state }, desired) => {
    if (!isUnsettled(state) && state === desired) return [];
    const set = (value: string) => ({ do: "run", argv: ["sh", "-c", write, "set", key, value] }) as const;
    const undo = isUnsettled(state) ? [] : [set(state)];
    return [
      {
        kind,
        key,
        action: "ensure",
        before: state,
        after: desired,
        steps: [set(desired)],
        undo,
        interrupts: "nothing",
      },
    ];
  },
  isAsPlanned: (actual, after) => actual === after,
  isAbsent: (state) => state === "",
  describe: (state) => ({ value: state }),
});

/** An act, which nothing tells of afterwards. */
export const act = defineKind<string, never>({
  name: "act",
  read: () => ":",
  parse: (_, keys) => new Map(keys.map((key) => [key, ""])),
  ensure: () => [],
  isAsPlanned: () => true,
  isAbsent: () => false,
  unsettles: ({ key }) => [{ kind: "*", isDoubt: true, because: `${key} may touch it` }],
  describe: () => ({}),
});

export const setThing = defineModule({
  name: "thing",
  summary: "A thing with a value; several, when there are several values.",
  params: Type.Object({ name: Type.String(), value: Type.String(), second: Type.Optional(Type.String()) }),
  observe: ({ name }) => ({ current: thing(name) }),
  plan: ({ current }, { value, second }) => [
    ...thing.ensure(current, value),
    ...(second === undefined ? [] : thing.ensure({ ...current, key: `${current.key}-2`, state: "" }, second)),
  ],
  result: ({ after }, { name }) => ({ name, value: after.current.state }),
  returns: Type.Object({ name: Type.String(), value: Type.String() }),
});

export const doAct = defineModule({
  name: "act",
  summary: "Does something each time.",
  params: Type.Object({ what: Type.String() }),
  observe: () => ({}),
  plan: (_, { what }) => [
    {
      kind: "act",
      key: what,
      action: "run",
      before: "",
      after: "",
      steps: [{ do: "run", argv: ["sh", "-c", 'echo "$1" >>"$LOG"; [ "$1" != fail ]', "act", what], accept: "any" }],
      undo: [],
      interrupts: "nothing",
    },
  ],
  result: ({ outputs }) => ({ rc: outputs[0]?.code, failed: outputs[0]?.code !== 0 }),
  returns: Type.Object({ rc: Type.Number() }),
});

export const say = defineModule({
  name: "say",
  summary: "A fact.",
  params: Type.Object({}, { additionalProperties: true }),
  observe: () => ({}),
  plan: () => [],
  result: (_, params) => ({ ansible_facts: params }),
  remembers: "setFacts",
});
