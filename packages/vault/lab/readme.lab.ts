import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const home = mkdtempSync(join(tmpdir(), "vault-readme-"));
const program = new URL("../../cli/src/main.mjs", import.meta.url).pathname;
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```(sh|ts)\n(.*?)^```$/gms)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));
afterAll(() => rmSync(home, { recursive: true }));

test.each(blocks)("the README's $language block runs: $code", ({ language, code }) => {
  const prelude = `evenkeel() { '${process.execPath}' '${program}' "$@"; }\n`;
  const settings = { encoding: "utf8", env: { PATH: process.env.PATH, HOME: home } } as const;
  const run =
    language === "sh"
      ? spawnSync("sh", ["-eu"], { ...settings, cwd: home, input: prelude + code })
      : spawnSync(process.execPath, ["--input-type=module-typescript"], {
          ...settings,
          cwd: new URL("..", import.meta.url).pathname,
          input: code,
        });
  expect([run.status, run.stderr]).toEqual([0, expect.not.stringContaining("rror")]);
  if (language === "ts") expect(run.stdout).toBe("*** hunter2\n");
});

test("what the README did is there", () => {
  expect(readFileSync(join(home, "token.yml"), "utf8")).toBe("token: abc\n");
  expect(readFileSync(join(home, "secrets.yml"), "utf8")).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
  expect(readFileSync(join(home, "vars.yml"), "utf8")).toMatch(/^db_user: shop\ndb_password: !vault \|\n/);
});
