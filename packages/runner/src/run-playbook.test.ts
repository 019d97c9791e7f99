import type { StepError } from "@evenkeel/core";
import { UnsettledValue } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { FakeHost } from "./testing/fake-host.ts";
import { block, fixed, handler, meta, open, play, task } from "./testing/program-of.ts";
import { outcomes, runOn } from "./testing/run-on.ts";
import { doAct, setThing } from "./testing/thing.ts";

const set = (name: string, value: string, more = {}) =>
  task(setThing, { name, value }, { name: `${name}=${value}`, ...more });
const run = (what: string, more = {}) => task(doAct, { what }, { name: what, ...more });

describe("a play", () => {
  test("changes what is not so, once, and a second run nothing", async () => {
    const one = new FakeHost();
    const plays = [play([set("a", "1"), set("b", "2")])];
    const first = await runOn({ one }, plays);
    expect(first.tallies.one).toMatchObject({ ok: 2, changed: 2 });
    const before = one.exchanges;
    const second = await runOn({ one }, plays);
    expect(second.tallies.one).toMatchObject({ ok: 2, changed: 0 });
    expect(one.exchanges - before).toBe(1);
    expect(one.log).toEqual(["set a 1", "set b 2"]);
    expect(one.records("lock")).toEqual([]);
    expect(one.records("runs")).toEqual([]);
  });

  test("of a task without a log nothing is told, also when it fails", async () => {
    const one = new FakeHost();
    const { events } = await runOn({ one }, [
      play([task(setThing, { name: "a", value: "1", second: "broken" }, { name: "bad", isSilent: fixed(true) })]),
    ]);
    const told = events.flatMap((event) => (event.type === "failed" ? [event.error as StepError] : []));
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining("no_log is set")]);
    expect(told.map(({ detail = "", cause = "" }) => `${detail}${cause}`)).toEqual([""]);
  });

  test("a plan says the same changes, and makes none", async () => {
    const one = new FakeHost();
    const plays = [play([set("a", "1"), set("a", "2"), set("b", "1")])];
    const changes = (events: Awaited<ReturnType<typeof runOn>>["events"]) =>
      events.flatMap((event) => (event.type === "change" ? [`${event.change.action} ${event.change.key}`] : []));
    const planned = await runOn({ one }, plays, { mode: "plan" });
    expect(one.log).toEqual([]);
    expect(one.records("lock")).toEqual([]);
    const applied = await runOn({ one }, plays);
    expect(changes(planned.events)).toEqual(changes(applied.events));
    expect(changes(planned.events)).toEqual(["ensure a", "ensure a", "ensure b"]);
  });

  test("a failure takes the task's changes back, last first, and ends the host's way", async () => {
    const one = new FakeHost();
    const bad = task(setThing, { name: "a", value: "1", second: "broken" }, { name: "bad" });
    const { tallies, events } = await runOn({ one }, [play([set("x", "1"), bad, set("y", "1")])]);
    expect(tallies.one).toMatchObject({ ok: 1, changed: 1, failed: 1 });
    expect(one.log).toEqual(["set x 1", "set a 1", "set a-2 broken", "set a-2 ", "set a"]);
    expect(one.thing("y")).toBe("");
    expect(events.filter(({ type }) => type === "undone")).toHaveLength(2);
  });
});

describe("conditions and results", () => {
  test("when, register, changed_when, failed_when, ignore_errors", async () => {
    const one = new FakeHost();
    const { events, memory, tallies } = await runOn({ one }, [
      play([
        set("a", "1", { register: "first" }),
        run("skipped", { when: [open((get) => !(get("first") as { changed: boolean }).changed)] }),
        run("still", { changedWhen: [fixed(false)] }),
        run("fail", { ignoresErrors: fixed(true), register: "bad" }),
        run("fail", { name: "fine", failedWhen: [open(() => false)] }),
        run("last", { failedWhen: [fixed(true)] }),
        run("never"),
      ]),
    ]);
    expect(outcomes(events)).toEqual([
      "one a=1: changed",
      "one skipped: skipped",
      "one still: ok",
      "one fail: ignored",
      "one fine: changed",
      "one last: failed",
    ]);
    expect(memory("one").registered.bad).toMatchObject({ failed: true, rc: 1 });
    expect(tallies.one).toEqual({
      ok: 4,
      changed: 3,
      failed: 1,
      skipped: 1,
      rescued: 0,
      ignored: 1,
      unreachable: false,
    });
  });

  test("loops give all results, and stop nowhere on a failure", async () => {
    const one = new FakeHost();
    const loop = { items: fixed(["a", "fail", "b"]), variable: "item", isExtended: false };
    const looping = task(
      doAct,
      open((get) => ({ what: String(get("item")) })),
      { name: "loop", loop, register: "all", ignoresErrors: fixed(true) },
    );
    const { memory, events } = await runOn({ one }, [play([looping])]);
    expect(one.log).toEqual(["a", "fail", "b"]);
    const { results } = memory("one").registered.all as { results: { item: string; failed: boolean }[] };
    expect(results.map(({ item, failed }) => `${item} ${failed}`)).toEqual(["a false", "fail true", "b false"]);
    expect(events.filter(({ type }) => type === "item")).toHaveLength(3);
  });

  test("until tries again, and gives up", async () => {
    const one = new FakeHost();
    const until = (wanted: number) => ({
      conditions: [open((get) => (get("out") as { attempts: number }).attempts >= wanted)],
      retries: fixed(2),
      delaySeconds: fixed(0),
    });
    const { events, memory } = await runOn({ one }, [
      play([run("x", { until: until(2), register: "out" }), run("y", { until: until(9), register: "out" })]),
    ]);
    expect(one.log).toEqual(["x", "x", "y", "y", "y"]);
    expect(outcomes(events)).toEqual(["one x: changed", "one y: failed"]);
    expect(memory("one").registered.out).toMatchObject({ attempts: 3, failed: true });
  });
});

describe("blocks", () => {
  test("rescue, always, and going on", async () => {
    const one = new FakeHost();
    const { tallies } = await runOn({ one }, [
      play([block([run("fail"), run("no")], { rescue: [run("rescue")], always: [run("always")] }), run("on")]),
    ]);
    expect(one.log).toEqual(["fail", "rescue", "always", "on"]);
    expect(tallies.one).toMatchObject({ failed: 0, rescued: 1 });
  });

  test("without rescue: always, and then out", async () => {
    const one = new FakeHost();
    const { tallies } = await runOn({ one }, [play([block([run("fail")], { always: [run("always")] }), run("no")])]);
    expect(one.log).toEqual(["fail", "always"]);
    expect(tallies.one?.failed).toBe(1);
  });

  test("what fails in a rescue fails; what comes after is not reached", async () => {
    const one = new FakeHost();
    const nodes = [block([run("fail")], { rescue: [run("fail")], always: [run("always")] }), run("no")];
    const { tallies } = await runOn({ one }, [play(nodes)]);
    expect(one.log).toEqual(["fail", "fail", "always"]);
    expect(tallies.one).toMatchObject({ failed: 1, rescued: 1 });
  });
});

describe("handlers", () => {
  const restart = handler("restart", run("restarted"), ["web changed"]);

  test("run once, at the end or when flushed, by name or by what they listen to", async () => {
    const one = new FakeHost();
    const nodes = [
      set("a", "1", { notify: ["restart"] }),
      set("b", "1", { notify: ["web changed"] }),
      run("mid"),
      meta("flush_handlers"),
      set("c", "1", { notify: ["restart"] }),
    ];
    await runOn({ one }, [play(nodes, { handlers: [restart] })]);
    expect(one.log).toEqual(["set a 1", "set b 1", "mid", "restarted", "set c 1", "restarted"]);
    expect(one.records("pending")).toEqual([]);
  });

  test("survive a failure, and run in the next run though nothing changes there", async () => {
    const one = new FakeHost();
    const nodes = (last: string) => [set("a", "1", { notify: ["restart"] }), run(last)];
    const first = await runOn({ one }, [play(nodes("fail"), { handlers: [restart] })]);
    expect(one.log).toEqual(["set a 1", "fail"]);
    expect(first.events.at(-1)).toMatchObject({
      type: "summary",
      pending: { one: [{ handler: "restart", task: "a=1" }] },
    });
    const planned = await runOn({ one }, [play(nodes("fine"), { handlers: [restart] })], { mode: "plan" });
    expect(planned.events).toContainEqual(expect.objectContaining({ type: "pending", isOurs: true }));
    await runOn({ one }, [play(nodes("fine"), { handlers: [restart] })]);
    expect(one.log).toEqual(["set a 1", "fail", "fine", "restarted"]);
    expect(one.records("pending")).toEqual([]);
  });

  test("may call each other", async () => {
    const one = new FakeHost();
    const handlers = [handler("first", run("1st", { notify: ["second"] })), handler("second", run("2nd"))];
    await runOn({ one }, [play([set("a", "1", { notify: ["first"] })], { handlers })]);
    expect(one.log).toEqual(["set a 1", "1st", "2nd"]);
  });
});

describe("many hosts", () => {
  const three = () => ({ one: new FakeHost(), two: new FakeHost(), three: new FakeHost() });
  const on = ["one", "two", "three"];
  const where = (bad: string, what: string) =>
    open((get) => ({ what: get("inventory_hostname") === bad ? "fail" : what }));

  test("a failed host holds up nobody", async () => {
    const hosts = three();
    const { tallies } = await runOn(hosts, [play([task(doAct, where("two", "x")), run("y")], { on })]);
    expect(hosts.one.log).toEqual(["x", "y"]);
    expect(hosts.two.log).toEqual(["fail"]);
    expect(Object.values(tallies).map(({ failed }) => failed)).toEqual([0, 1, 0]);
  });

  test("serial batches; too many failures end the play", async () => {
    const hosts = three();
    await runOn(hosts, [play([task(doAct, where("one", "x"))], { on, serial: [1], maxFailPercentage: 50 })]);
    expect(hosts.one.log).toEqual(["fail"]);
    expect(hosts.two.log).toEqual([]);
  });

  test("run_once runs once, and all get the result", async () => {
    const hosts = three();
    const { memory } = await runOn(hosts, [
      play([run("x", { runsOnce: fixed(true), register: "out" }), run("y")], { on }),
    ]);
    expect([...hosts.one.log, ...hosts.two.log, ...hosts.three.log].filter((word) => word === "x")).toHaveLength(1);
    for (const name of on) expect(memory(name).registered.out).toMatchObject({ rc: 0 });
    for (const host of Object.values(hosts)) expect(host.log.at(-1)).toBe("y");
  });

  test("delegate_to happens elsewhere, with this host's variables", async () => {
    const hosts = three();
    const params = open((get) => ({ what: String(get("inventory_hostname")) }));
    const delegated = play([task(doAct, params, { delegateTo: fixed("three") })], { on: ["one", "two"] });
    expect(Object.keys((await runOn(hosts, [delegated])).tallies)).toEqual(["one", "two"]);
    expect(hosts.three.log.toSorted()).toEqual(["one", "two"]);
    expect(hosts.one.log).toEqual([]);
  });
});

describe("what a plan cannot know", () => {
  test("is marked, with its reason; what follows from it as well", async () => {
    const one = new FakeHost();
    const { events } = await runOn(
      { one },
      [
        play([
          run("x", { register: "out" }),
          set("a", "1", {
            when: [
              open((get) => {
                const { rc } = get("out") as { rc: unknown };
                if (typeof rc === "object") throw new UnsettledValue("x has not run yet");
                return rc === 0;
              }),
            ],
          }),
        ]),
      ],
      { mode: "plan" },
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: "task", outcome: "unknown", because: "x has not run yet" }),
    );
    expect(one.log).toEqual([]);
  });
});
