import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const packages = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "evenkeel-packed-"));
const built = readdirSync(packages).filter((name) => existsSync(join(packages, name, "dist/package.json")));
const run = (command: string, ...words: string[]) => execFileSync(command, words, { cwd: folder, encoding: "utf8" });

beforeAll(() => {
  mkdirSync(join(folder, "packed"));
  for (const name of built)
    run("npm", "pack", "--silent", "--pack-destination", "packed", join(packages, name, "dist"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "somebody", private: true, type: "module" }));
  const archives = readdirSync(join(folder, "packed")).map((name) => `./packed/${name}`);
  run("npm", "install", "--silent", "--ignore-scripts", ...archives);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the command runs and says its version", () => {
  const { version } = JSON.parse(readFileSync(join(packages, "cli/package.json"), "utf8"));
  expect(run(join(folder, "node_modules/.bin/evenkeel"), "--version").trim()).toBe(version);
});

test("every package can be imported as published", () => {
  for (const name of built.filter((each) => each !== "cli")) {
    const script = `console.log(Object.keys(await import("@evenkeel/${name}")).length > 0)`;
    expect(run("node", "--input-type=module", "--eval", script).trim()).toBe("true");
  }
});

test("a shell on this machine answers, so the files beside the sources were published too", () => {
  const script = `
    import { connect } from "@evenkeel/transport";
    const here = connect({ name: "here", transport: "local" });
    const [answer] = await here.exchange([{ script: "echo $((6 * 7))" }]);
    console.log(answer.stdout.toString().trim());
    await here.close();`;
  expect(run("node", "--input-type=module", "--eval", script).trim()).toBe("42");
});

test("the types are what a user's TypeScript takes", () => {
  writeFileSync(
    join(folder, "use.ts"),
    `import { Secret } from "@evenkeel/core";\nimport { connect, type Connection } from "@evenkeel/transport";\n` +
      `export const here: Connection = connect({ name: "here", transport: "local", password: new Secret("x") });\n` +
      `// @ts-expect-error a misspelt setting\nconnect({ name: "here", transpotr: "local" });\n`,
  );
  const options = { strict: true, module: "nodenext", target: "es2024", noEmit: true, types: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["use.ts"] }));
  run("npm", "install", "--silent", "--ignore-scripts", "@types/node@24");
  const typed = { ...options, types: ["node"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: typed, files: ["use.ts"] }));
  expect(run(join(packages, "../node_modules/.bin/tsc"), "-p", ".")).toBe("");
});

test("ssh2 runs without a native binding", () => {
  const crypto = join(folder, "node_modules/ssh2/lib/protocol/crypto");
  expect(existsSync(join(crypto, "build"))).toBe(false);
});
