import { execFileSync } from "node:child_process";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { hostname } from "./hostname.ts";

test.each([
  { name: "converged", state: { live: "web", static: "web" }, changes: 0 },
  { name: "another name", state: { live: "localhost", static: "localhost" }, changes: 1 },
  { name: "another name after a boot", state: { live: "web", static: "old" }, changes: 1 },
  { name: "unsettled", state: unsettled("a command may have changed it"), changes: 1 },
] as const)("$name", ({ state, changes }) => {
  expect(hostname.ensure({ kind: "hostname", key: "host", state }, { name: "web" })).toHaveLength(changes);
});

test("undo brings both names back", () => {
  const [change] = hostname.ensure(
    { kind: "hostname", key: "host", state: { live: "a", static: "b" } },
    { name: "web" },
  );
  expect(change?.undo).toMatchObject([{ argv: expect.arrayContaining(["evenkeel-hostname", "a", "b"]) }]);
});

test("read and parse agree on this machine", () => {
  const live = execFileSync("uname", ["-n"], { encoding: "utf8" }).trim();
  expect(hostname.parse(execFileSync("sh", ["-c", hostname.read(["host"])]), ["host"]).get("host")).toMatchObject({
    live,
  });
});
