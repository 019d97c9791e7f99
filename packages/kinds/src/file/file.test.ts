import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Observed } from "@evenkeel/core";
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
  expect(creation?.undo).toEqual([{ do: "run", argv: ["rm", "-rf", "--", path] }]);
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

test.each(["sh", "bash"])("read and parse agree on real files (%s)", (shell) => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-file-"));
  const name = (each: string) => join(folder, each);
  writeFileSync(name("text"), "hello\n\nworld");
  writeFileSync(name("empty"), "");
  writeFileSync(name("with space 'and quote'"), "ä€\n");
  writeFileSync(name("binary"), Buffer.from([0, 1, 2, 255]));
  writeFileSync(name("long"), "x".repeat(70_000));
  writeFileSync(name("after"), "after the long one");
  chmodSync(name("after"), 0o4750);
  mkdirSync(name("folder"));
  symlinkSync("text", name("link"));
  const names = ["text", "empty", "with space 'and quote'", "binary", "long", "after", "folder", "link", "absent"];
  const keys = names.map(name);
  const output = execFileSync(shell, ["-c", file.read(keys)], { stdio: ["ignore", "pipe", "ignore"] });
  const states = file.parse(output, keys);
  expect(states.get(name("text"))).toMatchObject({ type: "file", text: "hello\n\nworld", mode: "0644" });
  expect(states.get(name("empty"))).toMatchObject({ type: "file", text: "" });
  expect(states.get(name("with space 'and quote'"))).toMatchObject({ text: "ä€\n" });
  expect(states.get(name("binary"))).toMatchObject({ sha256: hash("sha256", Buffer.from([0, 1, 2, 255])) });
  expect(states.get(name("binary"))).not.toHaveProperty("text");
  expect(states.get(name("long"))).not.toHaveProperty("text");
  expect(states.get(name("after"))).toMatchObject({ text: "after the long one", mode: "4750" });
  expect(states.get(name("folder"))).toMatchObject({ type: "directory" });
  expect(states.get(name("link"))).toMatchObject({ type: "link", target: "text" });
  expect(states.get(name("absent"))).toEqual({ type: "absent" });
});
