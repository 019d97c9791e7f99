import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a package's unit tests leave in the folder for temporary files goes with them. */
const folder = mkdtempSync(join(tmpdir(), "evenkeel-tests-"));

export function setup(): void {
  process.env.TMPDIR = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
