import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkLargeProject } from "../bench/check-large-project.ts";
import { writeLargeProject } from "../bench/large-project.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-large-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Half a second is the aim, which `bench/` measures; here machines are slow and busy, and nothing is compiled yet. */
test("a thousand tasks are checked while somebody waits", async () => {
  writeLargeProject(folder, 1000, 20);
  const { mistakes, threadMs } = await checkLargeProject(folder);
  expect(mistakes).toEqual([]);
  expect(threadMs).toBeLessThan(1500);
});
