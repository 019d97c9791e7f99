import { describe, expect, test } from "vitest";
import { FakeHost } from "./testing/fake-host.ts";
import { fixed, include, open, play, task } from "./testing/program-of.ts";
import { runOn } from "./testing/run-on.ts";
import { doAct, say } from "./testing/thing.ts";

const run = (what: string) => task(doAct, { what }, { name: what });

describe("facts and includes", () => {
  test("set facts are there for later tasks; included tasks are read when it comes to them", async () => {
    const one = new FakeHost();
    const later = task(
      doAct,
      open((get) => ({ what: String(get("colour")) })),
    );
    const { tallies } = await runOn({ one }, [play([task(say, { colour: "blue" }), include([later])])]);
    expect(one.log).toEqual(["blue"]);
    expect(tallies.one).toMatchObject({ ok: 3, changed: 1 });
  });
});

describe("an include in a loop", () => {
  const loop = { items: fixed(["a", "b", "c"]), variable: "item", isExtended: false };
  const isNot = (unwanted: string) => [open((get) => get("item") !== unwanted && get("colour") !== "blue")];

  test("is decided on for all items before the first one's tasks, and counts once for each", async () => {
    const one = new FakeHost();
    const turning = include([task(say, { colour: "blue" }), run("x")], { loop, when: isNot("b") });
    const { tallies } = await runOn({ one }, [play([task(say, { colour: "red" }), turning])]);
    expect(one.log).toEqual(["x", "x"]);
    expect(tallies.one).toMatchObject({ ok: 7, changed: 2, skipped: 0 });
  });

  test("that only finds out what the task itself is counts as that task", async () => {
    const one = new FakeHost();
    const { tallies } = await runOn({ one }, [play([include([run("x")], { isItself: true })])]);
    expect(tallies.one).toMatchObject({ ok: 1, changed: 1 });
    const left = await runOn({ one }, [play([include([run("x")], { isItself: true, when: [fixed(false)] })])]);
    expect(left.tallies.one).toMatchObject({ ok: 0, skipped: 1 });
  });

  test("of which no item is wanted was skipped", async () => {
    const one = new FakeHost();
    const turning = include([run("x")], { loop, when: [fixed(false)] });
    const { tallies } = await runOn({ one }, [play([turning])]);
    expect(tallies.one).toMatchObject({ ok: 0, skipped: 1 });
  });
});
