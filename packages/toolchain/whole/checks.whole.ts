import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The checks of `npm test` on a copy of this repository, first as it is, then with one thing wrong in it. */
const root = join(import.meta.dirname, "../../..");
const copy = mkdtempSync(join(tmpdir(), "evenkeel-checks-"));
const boundaries = ["turbo", "boundaries"];
const deadCode = ["knip", "--no-config-hints"];
const types = ["tsc", "-p", "packages/core"];

beforeAll(() => {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  execFileSync("tar", ["-C", root, "--null", "--ignore-failed-read", "-T", "-", "-cf", join(copy, "all.tar")], {
    input: files,
  });
  execFileSync("tar", ["-C", copy, "-xf", join(copy, "all.tar")]);
  rmSync(join(copy, "all.tar"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  execFileSync("git", ["init", "--quiet"], { cwd: copy });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function check([command = "", ...words]: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: copy, encoding: "utf8" });
  return { isGood: status === 0, words: `${stdout}${stderr}` };
}

/** Something added to a file for as long as a check runs. */
function checkWith(file: string, text: string, command: readonly string[]) {
  const before = execFileSync("cat", [join(copy, file)]);
  appendFileSync(join(copy, file), text);
  try {
    return check(command);
  } finally {
    writeFileSync(join(copy, file), before);
  }
}

test.each([boundaries, deadCode, types])("%s finds nothing wrong as it is", (...command) => {
  const { isGood, words } = check(command);
  expect(isGood, words).toBe(true);
});

test("an import in the wrong direction is found", () => {
  const { isGood, words } = checkWith(
    "packages/core/src/index.ts",
    'export { file } from "@evenkeel/kinds";\n',
    boundaries,
  );
  expect(words).toContain("@evenkeel/kinds");
  expect(isGood).toBe(false);
});

test("an unused export is found", () => {
  const { isGood, words } = checkWith("packages/core/src/secret.ts", "export const nobodyWantsThis = 1;\n", deadCode);
  expect(words).toContain("nobodyWantsThis");
  expect(isGood).toBe(false);
});

test("a type error is found", () => {
  const { isGood, words } = checkWith(
    "packages/core/src/secret.ts",
    'const count: number = "one";\nvoid count;\n',
    types,
  );
  expect(words).toContain("TS2322");
  expect(isGood).toBe(false);
});
