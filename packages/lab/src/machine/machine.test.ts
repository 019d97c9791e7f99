import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { hasCapability } from "./can-raise-limits.ts";
import { readLimits } from "./limits.ts";
import { missingIn } from "./packages.ts";
import { isProcessAlive, processIdentity } from "./process-identity.ts";
import { runCommand } from "./run-command.ts";

test("limits stay within what the machine hands on", () => {
  const rows = (files: string, processes: string) =>
    `Max processes   ${processes}  ${processes}  processes\nMax open files   1024   ${files}  files\n`;
  expect(readLimits(rows("20000", "8000"))).toEqual({ openFiles: 20_000, processes: 8000 });
  expect(readLimits(rows("1048576", "unlimited"))).toEqual({ openFiles: 65_536, processes: 32_768 });
});

test("a capability is a bit of a mask", () => {
  expect(hasCapability("CapEff:\t000001fffeffffff\n", 24n)).toBe(false);
  expect(hasCapability("CapEff:\t000001ffffffffff\n", 24n)).toBe(true);
});

test("a package is missing unless it is wholly installed", () => {
  const listed = "podman installed\nrunc config-files\n";
  expect(missingIn(listed, ["podman", "runc", "netavark"])).toEqual(["runc", "netavark"]);
});

test("a process is alive until it ends, and is not taken for another with its number", async () => {
  const child = spawn("sleep", ["60"]);
  await once(child, "spawn");
  const identity = processIdentity(child.pid);
  expect(isProcessAlive(identity)).toBe(true);
  const [pid, started, ...rest] = identity.split("/");
  expect(isProcessAlive([pid, Number(started) - 1, ...rest].join("/"))).toBe(false);
  child.kill();
  await once(child, "exit");
  expect(isProcessAlive(identity)).toBe(false);
  expect(isProcessAlive("")).toBe(false);
});

test("a command that fails says which, and the end of what it said", async () => {
  await expect(runCommand(["sh", "-c", "echo why >&2; exit 3"])).rejects.toThrow(/^exit 3 from: sh -c .*\nwhy$/);
  expect(await runCommand(["no-such-program"], { check: false })).toMatchObject({ code: 127 });
  expect(await runCommand(["sleep", "5"], { check: false, timeoutSeconds: 0.1 })).toMatchObject({ code: 128 });
});
