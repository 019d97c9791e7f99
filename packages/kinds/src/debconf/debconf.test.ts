import { execFileSync } from "node:child_process";
import type { Observed } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import type { DebconfState } from "./debconf.ts";
import { debconf } from "./debconf.ts";

const at = (state: Observed<DebconfState>["state"]) => ({ kind: "debconf", key: "postfix/mailname", state });
const desired = { package: "postfix", type: "string", value: "example.org", isUnseen: false };

test.each([
  { name: "converged", state: { state: "present", value: "example.org" }, changes: 0 },
  { name: "absent", state: { state: "absent" }, changes: 1 },
  { name: "drifted", state: { state: "present", value: "localhost" }, changes: 1 },
  { name: "unsettled", state: unsettled("a package asks it"), changes: 1 },
] as const)("$name", ({ state, changes }) => {
  expect(debconf.ensure(at(state), desired)).toHaveLength(changes);
});

test("an answer goes by stdin; a password is shown nowhere", () => {
  const [change] = debconf.ensure(at({ state: "absent" }), {
    ...desired,
    type: "password",
    value: new Secret("hunter2"),
  });
  expect(JSON.stringify(change)).not.toContain("hunter2");
  expect(change?.steps).toMatchObject([{ argv: ["debconf-set-selections"], stdin: expect.any(Secret) }]);
  expect(change?.undo).toMatchObject([{ stdin: "UNREGISTER postfix/mailname\n" }]);
});

test("debconf's files are read", () => {
  const printed =
    "== postfix/mailname\nName: postfix/mailname\nTemplate: postfix/mailname\nValue: a b\nOwners: postfix\nFlags: seen\n== x/password\nName: x/password\nValue: s\n== none\n";
  const states = debconf.parse(Buffer.from(printed), ["postfix/mailname", "x/password", "none"]);
  expect(states.get("postfix/mailname")).toEqual({ state: "present", value: "a b", isSeen: true });
  expect(JSON.stringify(states.get("x/password"))).not.toContain('"s"');
  expect(states.get("none")).toEqual({ state: "absent" });
});

test("what is asked is a script that a shell takes", () => {
  execFileSync("sh", ["-n", "-c", debconf.read(["postfix/mailname"])]);
  expect(() => debconf.read(["a b"])).toThrow(expect.objectContaining({ code: "debconf/question" }));
});
