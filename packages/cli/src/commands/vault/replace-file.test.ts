import {
  chmodSync,
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFile } from "./replace-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "replace-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (mode: number) => {
  const path = join(folder, "secrets.yml");
  writeFileSync(path, "before");
  chmodSync(path, mode);
  return path;
};
const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);
const content = Buffer.from("after");

test.each([
  { isPlain: false, before: "644", after: "644" },
  { isPlain: false, before: "600", after: "600" },
  { isPlain: true, before: "644", after: "600" },
  { isPlain: true, before: "400", after: "400" },
])("plain: $isPlain, what was $before is $after", ({ isPlain, before, after }) => {
  const path = file(Number.parseInt(before, 8));
  replaceFile({ path, content, isPlain });
  expect(readFileSync(path, "utf8")).toBe("after");
  expect(modeOf(path)).toBe(after);
  expect(readdirSync(folder)).toEqual(["secrets.yml"]);
});

test.each([true, false])("a new one is for its owner alone (plain: %s)", (isPlain) => {
  const path = join(folder, "new");
  replaceFile({ path, content, isPlain });
  expect(modeOf(path)).toBe("600");
});

test("what stands there and is no file stays, and nothing is left beside it", () => {
  const path = join(folder, "sub");
  mkdirSync(path);
  expect(() => replaceFile({ path, content, isPlain: false })).toThrow(/is no file/);
  expect(() => replaceFile({ path: join(folder, "no/such"), content, isPlain: false })).toThrow(
    expect.objectContaining({ code: "vault/unwritable", hint: "it was not made" }),
  );
  expect(readdirSync(folder)).toEqual(["sub"]);
});

/** What a reader that had the file open still finds in it. */
function seenBy(old: number): string {
  const bytes = Buffer.alloc(100);
  return bytes.subarray(0, readSync(old, bytes, 0, 100, 0)).toString();
}

test("an old secret is overwritten, but not one that has a second name", () => {
  for (const hasOther of [false, true]) {
    const path = file(0o600);
    if (hasOther) linkSync(path, join(folder, "other"));
    const old = openSync(path, "r");
    replaceFile({ path, content, isPlain: false, wipesOld: true });
    expect(readFileSync(path, "utf8")).toBe("after");
    expect(seenBy(old)).toBe(hasOther ? "before" : "\0".repeat(6));
    closeSync(old);
  }
  expect(readFileSync(join(folder, "other"), "utf8")).toBe("before");
});
