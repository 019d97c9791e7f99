import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { makePrivateCopy } from "./private-copy.ts";

const permissions = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("only its user can enter and read it, and its name is kept for the editor", () => {
  using copy = makePrivateCopy("secrets.yml", Buffer.from("s3cret"));
  expect(permissions(copy.path)).toBe("600");
  expect(permissions(dirname(copy.path))).toBe("700");
  expect(copy.path).toMatch(/\/secrets\.yml$/);
  expect(copy.read().toString()).toBe("s3cret");
});

test("afterwards it is overwritten and gone, with all that an editor left beside it", () => {
  const opened: number[] = [];
  let folder: string;
  {
    using copy = makePrivateCopy("secrets.yml", Buffer.from("s3cret"));
    folder = dirname(copy.path);
    mkdirSync(join(folder, "undo"));
    for (const beside of [".secrets.yml.swp", "undo/secrets.yml~"]) writeFileSync(join(folder, beside), "s3cret");
    for (const name of ["secrets.yml", ".secrets.yml.swp", "undo/secrets.yml~"]) {
      opened.push(openSync(join(folder, name), "r"));
    }
  }
  expect(existsSync(folder)).toBe(false);
  for (const file of opened) {
    const bytes = Buffer.alloc(10, 1);
    expect(bytes.subarray(0, readSync(file, bytes, 0, 10, 0))).toEqual(Buffer.alloc(6));
    closeSync(file);
  }
});

test("it leaves no listeners behind", () => {
  const count = () => ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((name) => process.listenerCount(name));
  const before = count();
  {
    using _ = makePrivateCopy("a", Buffer.alloc(0));
    expect(count()).not.toEqual(before);
  }
  expect(count()).toEqual(before);
});
