import { execFileSync } from "node:child_process";
import type { Observed, Step } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { GroupState } from "./group.ts";
import { group } from "./group.ts";

const at = (state: Observed<GroupState>["state"]): Observed<GroupState> => ({ kind: "group", key: "shop", state });
const commands = (steps: readonly Step[] = []) =>
  steps.map((step) => (step.do === "run" ? step.argv.join(" ") : step.do));

test.each([
  { name: "converged", state: { state: "present", gid: 5 }, desired: { state: "present" }, steps: [], undo: [] },
  {
    name: "absent",
    state: { state: "absent" },
    desired: { state: "present" },
    steps: ["groupadd -- shop"],
    undo: ["groupdel -- shop"],
  },
  {
    name: "absent, a system's",
    state: { state: "absent" },
    desired: { state: "present", isSystem: true, gid: 7 },
    steps: ["groupadd -r -g 7 -- shop"],
    undo: ["groupdel -- shop"],
  },
  {
    name: "another number",
    state: { state: "present", gid: 5 },
    desired: { state: "present", gid: 6 },
    steps: ["groupmod -g 6 -- shop"],
    undo: ["groupmod -g 5 -- shop"],
  },
  {
    name: "to be absent",
    state: { state: "present", gid: 5 },
    desired: { state: "absent" },
    steps: ["groupdel -- shop"],
    undo: ["groupadd -g 5 -- shop"],
  },
  {
    name: "unsettled",
    state: unsettled("a package brings it"),
    desired: { state: "present" },
    steps: ["groupadd -- shop"],
    undo: [],
  },
] as const)("ensure: $name", ({ state, desired, steps, undo }) => {
  const [change] = group.ensure(at(state), desired);
  expect(commands(change?.steps)).toEqual(steps);
  expect(commands(change?.undo)).toEqual(undo);
});

test("read and parse agree on this machine", () => {
  const output = execFileSync("sh", ["-c", group.read(["root", "no-such-group"])]);
  expect(Object.fromEntries(group.parse(output, ["root", "no-such-group"]))).toEqual({
    root: { state: "present", gid: 0 },
    "no-such-group": { state: "absent" },
  });
});

test.each(["", "-r", "a b", "x;y"])("%j is no group's name", (name) => {
  expect(() => group.read([name])).toThrow(expect.objectContaining({ code: "group/name" }));
});
