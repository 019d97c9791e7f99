import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boot, driver } from "./driver.ts";

/** What a shell on this machine does when it is fed with so many of the bytes of a request. */
function feed(shell: string, request: string, bytes: number): string[] {
  const folder = mkdtempSync(join(tmpdir(), "evk-driver-"));
  const words = driver.replace("evk_greet", "");
  const wire = Buffer.from(`${Buffer.byteLength(words)}\n${words}${request}`);
  const input = wire.subarray(0, wire.length - Buffer.byteLength(request) + bytes);
  spawnSync(shell, ["-c", boot], { input, cwd: folder, env: { PATH: process.env.PATH } });
  const made = readdirSync(folder);
  rmSync(folder, { recursive: true });
  return made;
}

test.each(["sh", "bash"])(
  "%s runs a request when all of it is there, and none of it before",
  { timeout: 20_000 },
  (shell) => {
    const script = "touch é; touch second-and-last";
    const request = `${Buffer.byteLength(script)}\n${script}`;
    const whole = Buffer.byteLength(request);
    expect(feed(shell, request, whole).sort()).toEqual(["second-and-last", "é"]);
    // What a cut leaves is good sh at many points: it must not be run all the same.
    for (const missing of [1, 4, 9, 16, 23, whole - 1])
      expect({ missing, made: feed(shell, request, whole - missing) }).toEqual({ missing, made: [] });
  },
);
