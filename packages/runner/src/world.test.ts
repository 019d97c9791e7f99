import type { AnyKind, Change, HostAnswer, HostPort } from "@evenkeel/core";
import { defineKind } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { World } from "./world.ts";

interface Text {
  readonly path?: string;
  readonly text: string;
}

const kindCalled = (name: string, more: Partial<AnyKind> = {}): AnyKind =>
  defineKind<Text, Text>({
    name,
    ask: (queries) => Promise.resolve(queries.map(({ key }) => ({ text: "old", path: key.replace("link to ", "") }))),
    ensure: () => [],
    isAsPlanned: () => true,
    isAbsent: () => false,
    describe: ({ text }) => ({ text }),
    ...more,
  });
const file = kindCalled("file", {
  unsettles: ({ key }) => [{ kind: "seen", leadsTo: key, because: "it is changed before" }],
});
const seen = kindCalled("seen");
const account = { user: "root", port: {} as HostPort };
const change: Change<Text> = {
  ...{ kind: "file", key: "/a", action: "ensure", before: { text: "old" }, after: { text: "new" } },
  ...{ steps: [], undo: [], interrupts: "nothing" },
};

async function knowing(): Promise<World> {
  const world = new World(new Map([file, seen].map((kind) => [kind.name, kind])));
  await world.learn(["link to /a", "link to /b"].map((key) => ({ account, query: seen(key) })));
  return world;
}

test("what is planned for a thing shows under its other names", async () => {
  const world = await knowing();
  world.lay(change);
  expect(world.answer(account, seen("link to /a")).state).toEqual({ path: "/a", text: "new" });
  expect(world.answer(account, seen("link to /b")).state).toEqual({ path: "/b", text: "old" });
});

test("what is done to a thing is asked again under its other names", async () => {
  const world = await knowing();
  world.forget(change);
  expect(world.knows({ account, query: seen("link to /a") })).toBe(false);
  expect(world.knows({ account, query: seen("link to /b") })).toBe(true);
});

test("a plan does not expect what hardly happens; an apply asks again", async () => {
  const bringing = kindCalled("file", { unsettles: () => [{ kind: "seen", because: "x", hardlyAt: ["~"] }] });
  const world = new World(new Map([bringing, seen].map((kind) => [kind.name, kind])));
  await world.learn(["~/a", "/a"].map((key) => ({ account, query: seen(key) })));
  world.lay(change);
  expect(world.answer(account, seen("/a")).state).toEqual({ unsettled: "x" });
  expect(world.answer(account, seen("~/a")).state).toMatchObject({ text: "old" });
  world.forget(change);
  expect(world.knows({ account, query: seen("~/a") })).toBe(false);
});

test("a plan does not doubt what is steady", async () => {
  const touching = kindCalled("file", { unsettles: () => [{ kind: "*", isDoubt: true, because: "it may" }] });
  const steady = kindCalled("steady", { isSteady: true, dependsOn: "all" });
  const world = new World(new Map([touching, seen, steady].map((kind) => [kind.name, kind])));
  await world.learn([seen, steady].map((kind) => ({ account, query: kind("x") })));
  world.lay(change);
  expect(world.answer(account, seen("x")).doubt).toBe("it may");
  expect(world.answer(account, steady("x")).doubt).toBeUndefined();
});

describe("while the host still answers", () => {
  const said = (text: string): HostAnswer => ({ code: 0, stdout: Buffer.from(text), stderr: Buffer.alloc(0) });
  const inShell = (name: string): AnyKind =>
    defineKind<string, string>({
      name,
      read: () => "",
      parse: (output, keys) => new Map(keys.map((key) => [key, `${output}`])),
      ensure: () => [],
      isAsPlanned: () => true,
      isAbsent: () => false,
      describe: (state) => ({ state }),
    });
  const [first, second] = [inShell("first"), inShell("second")];

  /** A host that answers when it is told to, and the answers of each exchange. */
  function slowly() {
    const exchanges: { answer(index: number, answer: HostAnswer): void; end(answers: readonly HostAnswer[]): void }[] =
      [];
    const exchange: HostPort["exchange"] = (_, { onAnswer } = {}) => {
      const { promise, resolve } = Promise.withResolvers<readonly HostAnswer[]>();
      exchanges.push({ answer: (index, answer) => onAnswer?.(answer, index), end: resolve });
      return promise;
    };
    const slow = { user: "root", port: { exchange } as HostPort };
    const world = new World(new Map([first, second].map((kind) => [kind.name, kind])));
    return {
      world,
      exchanges,
      one: { account: slow, query: first("x") },
      other: { account: slow, query: second("x") },
    };
  }

  test("what is known goes on, and what comes is waited for without asking again", async () => {
    const { world, exchanges, one, other } = slowly();
    const learning = world.learn([one], () => [other]);
    exchanges[0]?.answer(0, said("one"));
    await learning;
    expect(world.answer(one.account, one.query).state).toBe("one");
    const later = world.learn([other]);
    exchanges[0]?.end([said("one"), said("two")]);
    await later;
    expect(world.answer(other.account, other.query).state).toBe("two");
    expect(exchanges).toHaveLength(1);
  });

  test("what is forgotten meanwhile is asked again", async () => {
    const { world, exchanges, one, other } = slowly();
    const learning = world.learn([one], () => [other]);
    exchanges[0]?.answer(0, said("one"));
    await learning;
    world.forgetAll();
    const later = world.learn([other]);
    exchanges[0]?.end([said("one"), said("of before")]);
    exchanges[1]?.end([said("of now")]);
    await later;
    expect(world.answer(other.account, other.query).state).toBe("of now");
  });

  test("what cannot be answered fails who needs it, and can be asked again", async () => {
    const { world, exchanges, one, other } = slowly();
    const learning = world.learn([one], () => [other]);
    exchanges[0]?.end([said("one"), { ...said(""), code: 1 }]);
    await learning;
    await world.heardAll();
    const later = world.learn([other]);
    exchanges[1]?.end([{ ...said(""), code: 1, stderr: Buffer.from("no such tool") }]);
    await expect(later).rejects.toMatchObject({ code: "runner/unanswered", detail: "no such tool" });
  });

  test("a planned change is laid over what comes later, too", async () => {
    const { world, exchanges, one, other } = slowly();
    const learning = world.learn([one], () => [other]);
    exchanges[0]?.answer(0, said("one"));
    await learning;
    world.lay({ ...change, kind: "second", key: "x", after: "planned" } as unknown as Change);
    exchanges[0]?.end([said("one"), said("two")]);
    await world.learn([other]);
    expect(world.answer(other.account, other.query).state).toBe("planned");
  });
});
