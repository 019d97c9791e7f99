import type { HostPort } from "@evenkeel/core";
import { expect, test } from "vitest";
import { job } from "./job.ts";

const answers = (...texts: string[]): HostPort => {
  const exchange = async () => texts.map((text) => ({ code: 0, stdout: Buffer.from(text), stderr: Buffer.alloc(0) }));
  return { exchange } as unknown as HostPort;
};

test.each([
  ["running", ["running\n", "so far", ""], { state: "running" }],
  ["never started", ["absent\n", "", ""], { state: "absent" }],
  ["ended", ["ended 3\n", "out", "err"], { state: "ended", code: 3, stdout: "out", stderr: "err" }],
  ["lost with the host's last boot", ["lost\n", "out", ""], { state: "lost", stdout: "out", stderr: "" }],
])("a job that is %s", async (_name, said, state) => {
  expect(await job.ask([{ kind: "job", key: "async-1" }], answers(...said))).toEqual([state]);
});

test("what is no id of ours is not asked about", async () => {
  const nobody = { exchange: () => Promise.reject(new Error("asked")) } as unknown as HostPort;
  expect(await job.ask([{ kind: "job", key: "../../etc" }], nobody)).toEqual([{ state: "absent" }]);
});

test.each([
  ["running", 1],
  ["absent", 0],
] as const)("the record of one that is %s is thrown away: %d", (state, count) => {
  const changes = job.ensure({ kind: "job", key: "async-1", state: { state } }, { state: "absent" });
  expect(changes).toHaveLength(count);
});
