import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The command as a user types it. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-inventory-"));
  writeFileSync(join(folder, "hosts.ini"), "[web]\nweb-1 port=80\nweb-2\n[web:vars]\nshared=yes\n");
  writeFileSync(join(folder, "more.yml"), "db:\n  hosts:\n    db-1: {ratio: 1.0}\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

function inventory(...words: string[]) {
  const main = join(import.meta.dirname, "../../main.mjs");
  return spawnSync(process.execPath, [main, "inventory", ...words], { cwd: folder, encoding: "utf8" });
}

test("groups are drawn", () => {
  const { stdout, status } = inventory("-i", "hosts.ini", "-i", "more.yml");
  expect(status).toBe(0);
  expect(stdout).toBe("@all:\n  |--@ungrouped:\n  |--@web:\n  |  |--web-1\n  |  |--web-2\n  |--@db:\n  |  |--db-1\n");
});

test("a host's variables, as JSON and as YAML", () => {
  expect(inventory("-i", "hosts.ini", "--host", "web-1").stdout).toBe('{\n    "port": 80,\n    "shared": "yes"\n}\n');
  expect(inventory("-i", "more.yml", "--host", "db-1", "--yaml").stdout).toBe("ratio: 1.0\n");
});

test("a list within a limit", () => {
  const { stdout } = inventory("-i", "hosts.ini", "--list", "-l", "web-2");
  expect(JSON.parse(stdout)).toMatchObject({
    _meta: { hostvars: { "web-2": { shared: "yes" } } },
    web: { hosts: ["web-2"] },
  });
});

test("a mistake ends with 2, and says where it is", () => {
  writeFileSync(join(folder, "wrong.ini"), "[web\n");
  const { stderr, status } = inventory("-i", "wrong.ini");
  expect(status).toBe(2);
  expect(stderr).toContain("wrong.ini:1:1: [web is no section  [inventory/section]");
  expect(inventory("-i", "hosts.ini", "--host", "wbe-1")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("did you mean web-1?"),
  });
});
