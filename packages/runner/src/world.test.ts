import type { AnyKind, Change, HostPort } from "@evenkeel/core";
import { defineKind } from "@evenkeel/core";
import { expect, test } from "vitest";
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
