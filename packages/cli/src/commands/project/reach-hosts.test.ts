import type { Become } from "@evenkeel/core";
import { expect, test } from "vitest";
import { Reaches } from "./reach-hosts.ts";

const reach = new Reaches(
  () => {
    throw new Error("nobody connects here");
  },
  () => undefined,
).to("web");

test.each([
  ["sudo", "-H -S -n"],
  ["sudo", "-H"],
  ["sudo", ""],
  ["su", "-s /bin/sh"],
  ["doas", "-n"],
] as const)("%s's flags that say what is done anyway: %j", (method, flags) => {
  const become: Become = { user: "www-data", method, flags };
  expect(() => reach.as(become)).not.toThrow();
});

test.each([
  ["sudo", "-i"],
  ["sudo", "-H -E"],
  ["su", "-"],
  ["doas", "-s"],
] as const)("%s's flags that we do not act on: %j", (method, flags) => {
  const become: Become = { user: "www-data", method, flags };
  expect(() => reach.as(become)).toThrow(expect.objectContaining({ code: "inventory/become-flags" }));
});
