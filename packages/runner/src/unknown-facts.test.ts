import { defineModule, isUnsettled, UnsettledValue } from "@evenkeel/core";
import { Type } from "typebox";
import { expect, test } from "vitest";
import { FakeHost } from "./testing/fake-host.ts";
import { open, play, task } from "./testing/program-of.ts";
import { runOn } from "./testing/run-on.ts";
import { doAct, say, setThing, thing } from "./testing/thing.ts";

const look = defineModule({
  name: "look",
  summary: "A thing's value, as a fact.",
  params: Type.Object({ name: Type.String() }),
  observe: ({ name }) => ({ current: thing(name) }),
  plan: () => [],
  remembers: "facts",
  result: ({ before: { current } }, { name }) => ({
    ansible_facts: { [`thing_${name}`]: isUnsettled(current.state) ? "" : current.state },
  }),
  returns: Type.Object({ ansible_facts: Type.Record(Type.String(), Type.String()) }),
});

const unknown = open<never>(() => {
  throw new UnsettledValue("x has not run yet");
});

async function factsAfter(nodes: Parameters<typeof play>[0], mode: "plan" | "apply" = "plan") {
  const { memory, tallies } = await runOn({ one: new FakeHost() }, [play(nodes)], { mode });
  expect(tallies.one?.failed).toBe(0);
  return memory("one");
}

test("facts that a command may decide are not known, each under its name", async () => {
  const nodes = [task(doAct, { what: "x" }), task(look, { name: "a" }, { register: "seen" })];
  const { facts, registered } = await factsAfter(nodes);
  expect(facts).toEqual({ thing_a: { unsettled: "x may touch it" } });
  expect(registered.seen).toMatchObject({ changed: false, ansible_facts: facts });
  expect((await factsAfter(nodes, "apply")).facts).toEqual({ thing_a: "" });
});

test("facts that a planned change decides are those that will be there", async () => {
  const { facts } = await factsAfter([task(setThing, { name: "a", value: "1" }), task(look, { name: "a" })]);
  expect(facts).toEqual({ thing_a: "1" });
});

test("facts of a task of which nobody knows whether it runs are not known, also when they have been gathered before", async () => {
  const { facts } = await factsAfter([task(look, { name: "a" }), task(look, { name: "a" }, { when: [unknown] })]);
  expect(facts).toEqual({ thing_a: { unsettled: "x has not run yet" } });
});

test("what a loop over something unknown sets is not known, and not missing", async () => {
  const params = { source: { list: "{{ [item] }}" }, resolve: () => ({ list: [] }) };
  const loop = { items: unknown, variable: "item", isExtended: false };
  const { setFacts } = await factsAfter([{ ...task(say, {}), params, loop }]);
  expect(setFacts).toEqual({ list: { unsettled: "x has not run yet" } });
});
