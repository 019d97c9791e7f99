import { execFileSync } from "node:child_process";
import type { Observed, Step } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { user } from "./user.ts";
import type { UserState } from "./user-state.ts";

const key = "shop";
const at = (state: Observed<UserState>["state"]): Observed<UserState> => ({ kind: "user", key, state });
const hash = new Secret("$y$j9T$abc");
const there = {
  state: "present",
  uid: 1001,
  group: "shop",
  groups: ["adm", "sudo"],
  home: "/home/shop",
  shell: "/bin/bash",
  comment: "",
  passwordHash: hash,
} as const;

test("what getent prints is read", () => {
  const printed = `shop:x:1001:1001::/home/shop:/bin/bash

root:x:0:
sudo:x:27:deploy,shop
adm:x:4:shop
shop:x:1001:

shop:$y$j9T$abc:20000:0:99999:7:::
`;
  const states = user.parse(Buffer.from(printed), [key, "nobody-here"]);
  expect(states.get(key)).toEqual(there);
  expect(states.get("nobody-here")).toEqual({ state: "absent" });
});

const commands = (steps: readonly Step[] = []) =>
  steps.map((step) => (step.do === "run" ? step.argv.join(" ") : step.do));

test.each([
  {
    name: "converged",
    state: there,
    desired: { state: "present", shell: "/bin/bash", groups: ["sudo", "adm"] },
    steps: [],
  },
  {
    name: "absent",
    state: { state: "absent" },
    desired: { state: "present", shell: "/bin/sh" },
    steps: ["useradd -m -s /bin/sh -- shop"],
  },
  {
    name: "absent, a system's user",
    state: { state: "absent" },
    desired: { state: "present", isSystem: true },
    steps: ["useradd -r -M -- shop"],
  },
  {
    name: "another shell",
    state: there,
    desired: { state: "present", shell: "/bin/sh", uid: 1001 },
    steps: ["usermod -s /bin/sh -- shop"],
  },
  {
    name: "fewer groups",
    state: there,
    desired: { state: "present", groups: ["sudo"] },
    steps: ["usermod -G sudo -- shop"],
  },
  {
    name: "one more group",
    state: there,
    desired: { state: "present", groups: ["www-data"], addGroups: true },
    steps: ["usermod -G adm,sudo,www-data -- shop"],
  },
  {
    name: "a group it has, added",
    state: there,
    desired: { state: "present", groups: ["adm"], addGroups: true },
    steps: [],
  },
  { name: "to be absent", state: there, desired: { state: "absent", removeHome: true }, steps: ["userdel -r -- shop"] },
  {
    name: "unsettled",
    state: unsettled("a package brings it"),
    desired: { state: "present" },
    steps: ["useradd -m -- shop"],
  },
] as const)("ensure: $name", ({ state, desired, steps }) => {
  expect(commands(user.ensure(at(state), desired)[0]?.steps)).toEqual(steps);
});

test("a password's hash goes by stdin, and is shown nowhere", () => {
  const [change] = user.ensure(at(there), { state: "present", passwordHash: new Secret("$y$new") });
  expect(change?.steps[0]).toMatchObject({ do: "run", stdin: expect.any(Secret) });
  expect(JSON.stringify(change)).not.toMatch(/\$y\$/);
  expect(change && String(user.describe(change.after).password)).toBe("***");
});

test("undo of a change goes back only where it went", () => {
  const [change] = user.ensure(at(there), { state: "present", shell: "/bin/sh" });
  expect(commands(change?.undo)).toEqual(["usermod -s /bin/bash -- shop"]);
});

test("read and parse agree on this machine", () => {
  const output = execFileSync("sh", ["-c", user.read(["root", "no-such-user"])]);
  const states = user.parse(output, ["root", "no-such-user"]);
  expect(states.get("root")).toMatchObject({ state: "present", uid: 0, group: "root", home: "/root" });
  expect(states.get("no-such-user")).toEqual({ state: "absent" });
});

test.each(["", "-r", "a b", "x;y"])("%j is no user's name", (name) => {
  expect(() => user.read([name])).toThrow(expect.objectContaining({ code: "user/name" }));
});
