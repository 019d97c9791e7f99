import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test("a new module's test is written as people write one, also by the bundle", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-new-"));
  const main = join(import.meta.dirname, "../../main.mjs");
  const { status, stderr } = spawnSync(process.execPath, [main, "new", "module", "motto"], { cwd: folder });
  expect(status, `${stderr}`).toBe(0);
  const written = readFileSync(join(folder, "modules/motto.test.ts"), "utf8");
  expect(written.split("\n").slice(0, 2)).toEqual([
    'import assert from "node:assert/strict";',
    'import { test } from "node:test";',
  ]);
});
