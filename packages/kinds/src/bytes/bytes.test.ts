import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bytes } from "./bytes.ts";

test("contents are read byte by byte", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-bytes-"));
  const binary = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  writeFileSync(join(folder, "binary"), binary);
  writeFileSync(join(folder, "empty"), "");
  const keys = [
    join(folder, "binary"),
    join(folder, "no"),
    folder,
    join(folder, "empty"),
    "/proc/self/comm",
    "/dev/null",
  ];
  const states = bytes.parse(execFileSync("sh", ["-c", bytes.read(keys)]), keys);
  expect([...states.values()]).toEqual([
    { state: "present", base64: binary.toString("base64") },
    { state: "absent" },
    { state: "folder" },
    { state: "present", base64: "" },
    { state: "present", base64: expect.any(String) },
    { state: "unreadable" },
  ]);
});
