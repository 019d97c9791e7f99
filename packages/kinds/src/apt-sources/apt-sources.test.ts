import { execFileSync } from "node:child_process";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { aptKeyFile } from "./apt-key-file.ts";
import { aptSources } from "./apt-sources.ts";

test("files are read by their size", () => {
  const printed = "13 /etc/apt/sources.list\ndeb a b\n==\nx\n\n3 /etc/apt/sources.list.d/a b.list\nä\n\n==\ntrixie\n";
  expect(aptSources.parse(Buffer.from(printed), ["one-line"]).get("one-line")).toEqual({
    files: [
      { path: "/etc/apt/sources.list", text: "deb a b\n==\nx\n" },
      { path: "/etc/apt/sources.list.d/a b.list", text: "ä\n" },
    ],
    codename: "trixie",
  });
});

const key = "/etc/apt/keyrings/shop.asc";

test.each([
  { name: "to be fetched", state: { state: "absent" }, desired: { url: "https://x/key" }, action: "ensure", undo: 1 },
  { name: "there", state: { state: "present" }, desired: { url: "https://x/key" }, action: undefined, undo: 0 },
  { name: "to go", state: { state: "present" }, desired: { state: "absent" }, action: "remove", undo: 0 },
  { name: "unsettled", state: unsettled("a file comes"), desired: { url: "https://x/key" }, action: "ensure", undo: 0 },
] as const)("a key: $name", ({ state, desired, action, undo }) => {
  const [change] = aptKeyFile.ensure({ kind: "apt-key", key, state }, desired);
  expect(change?.action).toBe(action);
  expect(change?.undo ?? []).toHaveLength(undo);
});

test("what is asked and done are scripts that a shell takes", () => {
  const [change] = aptKeyFile.ensure({ kind: "apt-key", key, state: { state: "absent" } }, { url: "https://x/key" });
  const [step] = change?.steps ?? [];
  for (const script of [
    aptSources.read(["one-line"]),
    aptKeyFile.read([key]),
    step?.do === "run" ? (step.argv[2] ?? "") : "",
  ])
    execFileSync("sh", ["-n", "-c", script]);
  expect(() => aptKeyFile.read(["/etc/passwd"])).toThrow(expect.objectContaining({ code: "apt-key/path" }));
});
