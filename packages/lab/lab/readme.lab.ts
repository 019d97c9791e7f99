import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";

const directory = new URL("..", import.meta.url).pathname;
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```(sh|ts)\n(.*?)^```$/gms)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));

afterAll(() => void spawnSync(process.execPath, ["../cli/src/main.mjs", "lab", "down", "demo"], { cwd: directory }));

test.each(blocks)("the README's $language block runs: $code", ({ language, code }) => {
  const command = 'evenkeel() { node ../cli/src/main.mjs "$@"; }\n';
  const run =
    language === "sh"
      ? spawnSync("sh", ["-eu"], { cwd: directory, encoding: "utf8", input: command + code })
      : spawnSync(process.execPath, ["--input-type=module-typescript"], {
          cwd: directory,
          encoding: "utf8",
          input: code,
        });
  expect(run.stderr).not.toMatch(/error/i);
  expect(run.status).toBe(0);
});
