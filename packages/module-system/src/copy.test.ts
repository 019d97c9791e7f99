import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { copy } from "./copy.ts";

const key = "/etc/motd";
const sha256 = "98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4"; // of "hi\n"
const there = { type: "file", mode: "0644", owner: "root", group: "root", sha256, text: "hi\n" } as const;

test.each([
  { name: "absent", state: { type: "absent" }, params: {}, changes: ["ensure"] },
  { name: "present", state: there, params: {}, changes: [] },
  { name: "drifted", state: { ...there, sha256: "0".repeat(64) }, params: {}, changes: ["ensure"] },
  { name: "drifted in mode", state: there, params: { mode: "0600" }, changes: ["ensure"] },
  { name: "unsettled", state: unsettled("a package brings it"), params: {}, changes: ["ensure"] },
] as const)("$name", ({ state, params, changes }) => {
  const planned = copy.plan({ current: { kind: "file", key, state } }, { dest: key, content: "hi\n", ...params });
  expect(planned.map((change) => change.action)).toEqual(changes);
});
