import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fragments } from "./fragments.ts";

test("the files of a folder are read", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-fragments-"));
  writeFileSync(join(folder, "b c"), "two\0\n");
  writeFileSync(join(folder, ".a"), "");
  writeFileSync(join(folder, "latin"), Buffer.from([0xe4]));
  mkdirSync(join(folder, "sub"));
  const keys = ["/no/such", folder, join(folder, "sub")];
  const states = fragments.parse(execFileSync("sh", ["-c", fragments.read(keys)]), keys);
  expect([...states.values()]).toEqual([
    { state: "absent" },
    { state: "present", fragments: [{ name: "b c", text: "two\0\n" }, { name: "latin" }, { name: ".a", text: "" }] },
    { state: "present", fragments: [] },
  ]);
});
