import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleLaws } from "@evenkeel/conformance";
import { file } from "@evenkeel/kinds";
import { greeting } from "./greeting.ts";

const current = (state: object) => ({ current: { ...file("/etc/motd"), state } }) as never;

test("an absent file is planned", () => {
  const [change] = greeting.plan(current({ type: "absent" }), { text: "hello" });
  assert.equal(change?.action, "ensure");
});

for (const { name, check } of moduleLaws(
  greeting,
  [file],
  [{ params: { text: "hello" }, states: [{ type: "absent" }] }],
)) {
  test(name, check);
}
