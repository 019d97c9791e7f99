import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestSource } from "./digest-source.ts";
import { walkSource } from "./walk-source.ts";

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "evenkeel-source-"));
  for (const folder of ["lib/deep", ".git", "lib/node_modules/x"]) mkdirSync(join(top, folder), { recursive: true });
  for (const file of ["a.py", "lib/b.py", "lib/deep/c.log", ".git/HEAD", "lib/node_modules/x/y.js"])
    writeFileSync(join(top, file), file);
  symlinkSync("a.py", join(top, "link"));
});
afterEach(() => rmSync(top, { recursive: true }));

const paths = (...exclude: string[]) => walkSource(top, exclude).map(({ path }) => path);

test("what is left out is a name anywhere, or a path from the top", () => {
  expect(paths(".git", "node_modules", "*.log")).toEqual(["a.py", "lib", "lib/b.py", "lib/deep", "link"]);
  expect(paths(".git/", "lib/node_modules", "lib/deep/")).toEqual(["a.py", "lib", "lib/b.py", "link"]);
  expect(paths("**/x", "/lib/deep", ".git")).toEqual(["a.py", "lib", "lib/b.py", "lib/node_modules", "link"]);
});

test("the sum is of what travels, and of nothing else", async () => {
  const before = await digestSource(top, [".git"]);
  utimesSync(join(top, "a.py"), 1, 1);
  writeFileSync(join(top, ".git/HEAD"), "another");
  expect(await digestSource(top, [".git"])).toBe(before);
  chmodSync(join(top, "a.py"), 0o755);
  const executable = await digestSource(top, [".git"]);
  expect(executable).not.toBe(before);
  rmSync(join(top, "link"));
  symlinkSync("lib/b.py", join(top, "link"));
  expect(await digestSource(top, [".git"])).not.toBe(executable);
});

test("what there is nothing of, or what cannot travel, is refused", async () => {
  await expect(digestSource(join(top, "none"), [])).rejects.toMatchObject({ code: "app/source" });
  expect(() => walkSource(top, ["*", ".git"])).toThrow(expect.objectContaining({ code: "app/source" }));
});
