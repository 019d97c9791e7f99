import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countReports } from "./count-reports.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));

function report(name: string, passed: number, failed: number, pending: number, files: readonly string[][]) {
  mkdirSync(join(folder, name));
  const testResults = files.map(([status, ...assertions]) => ({
    status,
    assertionResults: assertions.map((each) => ({ status: each })),
  }));
  const numbers = { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 0 };
  writeFileSync(join(folder, name, "unit.json"), JSON.stringify({ ...numbers, testResults }));
  return join(folder, name);
}

test("all reports add up, and a file that could not be loaded is a failure", () => {
  const good = report("good", 3, 0, 1, [["passed", "passed"]]);
  const bad = report("bad", 1, 1, 0, [["failed", "failed"]]);
  const unloadable = report("unloadable", 0, 0, 0, [["failed"]]);
  expect(countReports([good, bad, unloadable, join(folder, "none")])).toEqual({ passed: 4, failed: 2, skipped: 1 });
});
