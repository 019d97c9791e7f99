import { execFileSync } from "node:child_process";
import { mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unsettled } from "@evenkeel/core";
import { expect, test } from "vitest";
import { fileTimes } from "./file-times.ts";

const key = "/srv/x";
const at = (
  state: ReturnType<typeof unsettled> | { state: "absent" } | { state: "present"; modified: number; asked?: object },
) => ({ kind: "file-times", key, state });

test.each([
  {
    name: "absent",
    state: { state: "absent" },
    desired: { modified: { at: "2026-01-01 00:00:00" } },
    actions: ["ensure"],
  },
  {
    name: "converged",
    state: { state: "present", modified: 5, asked: { modified: 5 } },
    desired: { modified: { at: "x" } },
    actions: [],
  },
  {
    name: "drifted",
    state: { state: "present", modified: 6, asked: { modified: 5 } },
    desired: { modified: { at: "x" } },
    actions: ["ensure"],
  },
  { name: "now is an act", state: { state: "present", modified: 6 }, desired: { modified: "now" }, actions: ["run"] },
  { name: "now, unsettled", state: unsettled("made before"), desired: { modified: "now" }, actions: ["run"] },
  { name: "nothing asked for", state: { state: "absent" }, desired: {}, actions: [] },
] as const)("ensure: $name", ({ state, desired, actions }) => {
  expect(fileTimes.ensure(at(state), desired).map(({ action }) => action)).toEqual(actions);
});

test("times are read, and those of the clock worked out, on the host", () => {
  const path = join(mkdtempSync(join(tmpdir(), "evenkeel-times-")), "it's");
  writeFileSync(path, "");
  utimesSync(path, 1_700_000_000, 1_600_000_000);
  const via = { modified: "2026-01-31 23:59:59" };
  const output = execFileSync("sh", ["-c", fileTimes.read([path, "/no/such"], via)], {
    env: { ...process.env, TZ: "UTC" },
  });
  expect(Object.fromEntries(fileTimes.parse(output, [path, "/no/such"], via))).toEqual({
    [path]: { state: "present", accessed: 1_700_000_000, modified: 1_600_000_000, asked: { modified: 1_769_903_999 } },
    "/no/such": { state: "absent" },
  });
});
