import { hash } from "node:crypto";
import type { Observed, Step } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { file } from "./file.ts";
import type { FileState } from "./file-state.ts";

const path = "/etc/motd";
const at = (state: Observed<FileState>["state"]): Observed<FileState> => ({ kind: "file", key: path, state });
const there = {
  type: "file",
  mode: "0644",
  owner: "root",
  group: "root",
  text: "old\n",
  sha256: hash("sha256", "old\n"),
} as const;

test.each([
  { name: "absent", state: { type: "absent" }, desired: { content: "new\n" }, actions: ["ensure"] },
  { name: "converged", state: there, desired: { content: "old\n" }, actions: [] },
  {
    name: "converged, every attribute",
    state: there,
    desired: { content: "old\n", mode: "644", owner: "root" },
    actions: [],
  },
  { name: "other content", state: there, desired: { content: "new\n" }, actions: ["ensure"] },
  { name: "other mode", state: there, desired: { content: "old\n", mode: "0600" }, actions: ["ensure"] },
  { name: "other owner", state: there, desired: { content: "old\n", owner: "www-data" }, actions: ["ensure"] },
  { name: "a link in its place", state: { type: "link", target: "/x" }, desired: { content: "" }, actions: ["ensure"] },
  { name: "only a mode", state: there, desired: { mode: "0600" }, actions: ["ensure"] },
  { name: "only a mode, converged", state: there, desired: { mode: "0644" }, actions: [] },
  { name: "to be absent", state: there, desired: { type: "absent" }, actions: ["remove"] },
  { name: "already absent", state: { type: "absent" }, desired: { type: "absent" }, actions: [] },
  { name: "a folder", state: { type: "absent" }, desired: { type: "directory", mode: "0750" }, actions: ["ensure"] },
  {
    name: "a folder, converged",
    state: { type: "directory", mode: "0750" },
    desired: { type: "directory", mode: "750" },
    actions: [],
  },
  { name: "a link", state: { type: "absent" }, desired: { type: "link", target: "/x" }, actions: ["ensure"] },
  {
    name: "a link, converged",
    state: { type: "link", target: "/x" },
    desired: { type: "link", target: "/x" },
    actions: [],
  },
  {
    name: "a link elsewhere",
    state: { type: "link", target: "/y" },
    desired: { type: "link", target: "/x" },
    actions: ["ensure"],
  },
  { name: "unsettled", state: unsettled("nginx brings it"), desired: { content: "old\n" }, actions: ["ensure"] },
] as const)("ensure: $name", ({ state, desired, actions }) => {
  expect(file.ensure(at(state), desired).map((change) => change.action)).toEqual(actions);
});

test.each([
  { name: "a file where a folder is", state: { type: "directory" }, desired: { content: "" } },
  { name: "a folder where a file is", state: there, desired: { type: "directory" } },
  { name: "a link where a folder is", state: { type: "directory" }, desired: { type: "link", target: "/x" } },
] as const)("$name is refused: it would lose what nobody named", ({ state, desired }) => {
  expect(() => file.ensure(at(state), desired)).toThrow(expect.objectContaining({ code: "file/in-the-way" }));
});

test("undo brings back what was there, or takes away what was not", () => {
  const [change] = file.ensure(at(there), { content: "new\n" });
  expect(change?.undo).toEqual([{ do: "write", path, content: "old\n", mode: "0644", owner: "root", group: "root" }]);
  const [creation] = file.ensure(at({ type: "absent" }), { content: "new\n" });
  expect(creation?.undo).toEqual([{ do: "run", argv: ["rm", "-f", "--", path] }]);
});

test("what is not known as text is kept on the host before it goes, and undo brings that back", () => {
  const words = (steps: readonly Step[] | undefined) =>
    steps?.map((step) => (step.do === "run" ? step.argv.slice(3, 5).join(" ") : step.do));
  const { text: _, ...binary } = there;
  const [change] = file.ensure(at(binary), { content: "new\n" });
  expect(words(change?.steps)).toEqual(["evenkeel-keep keep", "write"]);
  expect(words(change?.undo)).toEqual(["evenkeel-keep restore"]);
  const [removal] = file.ensure(at({ type: "directory", mode: "0755" }), { type: "absent" });
  expect(words(removal?.steps)).toEqual(["evenkeel-keep move"]);
  expect(words(removal?.undo)).toEqual(["evenkeel-keep restore"]);
});

test("a file with the right content is not written again for its attributes", () => {
  const [change] = file.ensure(at(there), { content: "old\n", mode: "0600", owner: "www-data" });
  expect(change?.steps).toEqual([
    { do: "run", argv: ["chown", "-h", "www-data", "--", path] },
    { do: "run", argv: ["chmod", "00600", "--", path] },
  ]);
  expect(change?.undo).toEqual([
    { do: "run", argv: ["chown", "-h", "root", "--", path] },
    { do: "run", argv: ["chmod", "00644", "--", path] },
  ]);
});

test("what is new is as an answer will say: its mode, and its maker's", () => {
  const [change] = file.ensure(at({ type: "absent", owner: "root", group: "root" }), { content: "new\n" });
  expect(change?.after).toMatchObject({ type: "file", mode: "0644" });
  const [folder] = file.ensure(at({ type: "absent", inherits: true }), { type: "directory" });
  expect(folder?.after).toMatchObject({ type: "directory", mode: "2755" });
});

test.each([
  { owner: "33", group: "www-data", actions: [] },
  { owner: "www-data", group: "33", actions: [] },
  { owner: "0", group: "33", actions: ["ensure"] },
])("accounts are names or numbers: $owner:$group", ({ actions, ...whose }) => {
  const state = { ...there, owner: "www-data", uid: 33, group: "www-data", gid: 33 };
  expect(file.ensure(at(state), whose).map(({ action }) => action)).toEqual(actions);
});

test("only attributes of what is not there cannot be had", () => {
  expect(() => file.ensure(at({ type: "absent" }), { mode: "0600" })).toThrow(
    expect.objectContaining({ code: "file/absent" }),
  );
});

test("a planned change spoils what else looks at that path, or at the folders around it", () => {
  const [change] = file.ensure(
    { kind: "file", key: "/etc/systemd/system/a.service", state: { type: "absent" } },
    { content: "" },
  );
  const spoilt = change && file.unsettles?.(change);
  expect(spoilt).toContainEqual(expect.objectContaining({ kind: "unit", key: "a.service", ifAbsent: true }));
  expect(spoilt).toContainEqual(expect.objectContaining({ kind: "find", key: "/etc/systemd" }));
  // Links that lead to it, wherever they are.
  expect(spoilt).toContainEqual(
    expect.objectContaining({ kind: "file-followed", leadsTo: "/etc/systemd/system/a.service" }),
  );
  expect(spoilt).toContainEqual(expect.objectContaining({ kind: "stat", key: "/etc/systemd/system/a.service" }));
});

test("a secret's content is in no description and no JSON", () => {
  const [change] = file.ensure(at({ type: "absent" }), { content: new Secret("hunter2") });
  expect(JSON.stringify(change)).not.toContain("hunter2");
  expect(change && String(file.describe(change.after).content)).toBe("***");
});

test("what a secret replaces is hidden too: it may have been the old one", () => {
  const [change] = file.ensure(at({ ...there, text: "hunter1" }), { content: new Secret("hunter2") });
  expect(JSON.stringify(change)).not.toContain("hunter");
});

test("a long text is asked for again when it was written", () => {
  const ensure = (content: string) =>
    file.ensure({ kind: "file", key: "/x", state: { type: "absent" } }, { content })[0];
  const spoils = (content: string) => {
    const change = ensure(content);
    return change ? file.unsettles?.(change).some(({ kind }) => kind === "file-long") : undefined;
  };
  expect(spoils("x".repeat(65_537))).toBe(true);
  expect(spoils("x")).toBe(false);
});
