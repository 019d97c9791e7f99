import { setTimeout as sleep } from "node:timers/promises";
import type { HostMemory, Scope } from "@evenkeel/core";
import { UnsettledValue } from "@evenkeel/core";
import { expect, test } from "vitest";
import { FakeHost } from "./testing/fake-host.ts";
import { fixed, include, open, play, task } from "./testing/program-of.ts";
import { outcomes, runOn } from "./testing/run-on.ts";
import { doAct, say } from "./testing/thing.ts";

const on = ["fast", "slow"];

function hosts() {
  const slow = new FakeHost();
  const { port } = slow;
  const late = <T>(work: () => Promise<T>) => sleep(20).then(work);
  const slowPort = {
    ...port,
    exchange: (...reads: Parameters<typeof port.exchange>) => late(() => port.exchange(...reads)),
  };
  return { fast: new FakeHost(), slow: Object.assign(slow, { port: slowPort }) };
}

/** Variables of which `theirs` is what the slow host was told by its first task. */
function scopeWith(memories: Map<string, HostMemory>): (memory: HostMemory) => Scope {
  return (memory) => {
    memories.set(memory.name, memory);
    const scope = (own: Readonly<Record<string, unknown>>): Scope => ({
      has: () => true,
      names: () => [],
      get: (name) => {
        if (name !== "theirs") return own[name];
        if (memory.name !== "slow") memory.demandAsFar?.("slow");
        return memories.get("slow")?.setFacts.told ?? "nothing";
      },
      with: (more) => scope({ ...own, ...more }),
    });
    return scope({ inventory_hostname: memory.name });
  };
}

const theirs = open((get) => ({ what: `${String(get("item") ?? "")}${String(get("theirs"))}` }));
const telling = () => task(say, { told: "something" });

test("a task that uses another host's variables waits for it, whatever it stands in", async () => {
  const memories = new Map<string, HostMemory>();
  const scope = scopeWith(memories);
  const here = hosts();
  const included = include([task(doAct, { what: "included" })], {
    scope,
    when: [open((get) => get("theirs") === "something")],
  });
  const { events } = await runOn(here, [
    play([telling(), task(doAct, theirs, { name: "use", scope }), included], { on }),
  ]);
  expect(here.fast.log).toEqual(["something", "included"]);
  expect(outcomes(events).filter((line) => line.startsWith("fast use"))).toEqual(["fast use: changed"]);
  expect(
    events.filter((event) => event.type === "started" && event.host === "fast" && event.task === "use"),
  ).toHaveLength(1);
});

test("a loop goes on where it had to wait", async () => {
  const scope = scopeWith(new Map());
  const here = hosts();
  const params = open((get) => ({ what: get("item") === "a" ? "a" : `b ${String(get("theirs"))}` }));
  const loop = { items: fixed(["a", "b"]), variable: "item", isExtended: false };
  const { events } = await runOn(here, [play([telling(), task(doAct, params, { scope, loop, name: "use" })], { on })]);
  expect(here.fast.log).toEqual(["a", "b something"]);
  const items = events.flatMap((each) =>
    each.type === "item" && each.host === "fast" ? [`${each.item} ${each.outcome}`] : [],
  );
  expect(items).toEqual(["a changed", "b changed"]);
});

test("with the free strategy nobody waits", async () => {
  const scope = scopeWith(new Map());
  const here = hosts();
  await runOn(here, [play([telling(), task(doAct, theirs, { scope })], { on, strategy: "free" })]);
  expect(here.fast.log).toEqual(["nothing"]);
});

test("what an item sets is there for the next", async () => {
  const one = new FakeHost();
  const params = open((get) => ({ list: [...((get("list") as unknown[] | undefined) ?? []), get("item")] }));
  const scope = (memory: HostMemory): Scope => {
    const made = (own: Readonly<Record<string, unknown>>): Scope => ({
      has: () => true,
      names: () => [],
      get: (name) => own[name] ?? memory.setFacts[name],
      with: (more) => made({ ...own, ...more }),
    });
    return made({});
  };
  const loop = { items: fixed(["a", "b", "c"]), variable: "item", isExtended: false };
  const { memory } = await runOn({ one }, [play([task(say, params, { scope, loop })])]);
  expect(memory("one").setFacts).toEqual({ list: ["a", "b", "c"] });
});

test("a variable that a plan cannot know is not known, and not missing", async () => {
  const one = new FakeHost();
  const resolve = () => {
    throw new UnsettledValue("x has not run yet");
  };
  const setting = { ...task(say, {}), params: { source: { copy: "{{ out.rc }}", cacheable: true }, resolve } };
  const { memory } = await runOn({ one }, [play([setting])], { mode: "plan" });
  expect(memory("one").setFacts).toEqual({ copy: { unsettled: "x has not run yet" } });
});

test.for([["slow", "fast"], on])(
  "a task that runs once runs on the first host, whoever comes first: %s",
  async (order) => {
    const here = hosts();
    const once = task(doAct, { what: "once" }, { runsOnce: fixed(true) });
    const { tallies } = await runOn(here, [play([telling(), once, once], { on: order })]);
    const [first = "", other = ""] = order;
    expect([tallies[first]?.changed, tallies[other]?.changed]).toEqual([2, 0]);
  },
);
