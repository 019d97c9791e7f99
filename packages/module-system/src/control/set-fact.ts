import { defineModule, InputError } from "@evenkeel/core";
import { Type } from "typebox";
import { checkVariableName } from "./variable-name.ts";

export const setFact = defineModule({
  name: "set_fact",
  summary: "Variables of a host, for the rest of the run.",
  params: Type.Object(
    { cacheable: Type.Boolean({ default: false, description: "they are facts as well" }) },
    { additionalProperties: true, description: "names and values" },
  ),
  remembers: "setFacts",
  observe: () => ({}),
  plan(_answers, { cacheable: _, ...facts }) {
    const names = Object.keys(facts);
    for (const name of names) checkVariableName(name);
    if (names.length > 0) return [];
    throw new InputError({ code: "set_fact/none", message: "set_fact sets nothing", hint: "set_fact: {name: value}" });
  },
  result: (_made, { cacheable, ...facts }) => ({
    ansible_facts: facts,
    ...(cacheable && { _ansible_facts_cacheable: true }),
  }),
  returns: Type.Object({
    ansible_facts: Type.Object({}, { additionalProperties: true, description: "the variables" }),
  }),
});
