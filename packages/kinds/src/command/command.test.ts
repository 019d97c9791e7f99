import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { RunStep } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command, notYetRun } from "./command.ts";
import { runStep } from "./command-line.ts";
import { expandedWord } from "./expanded-word.ts";
import { glob } from "./glob.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-command-"));
const sh = (script: string, ...words: string[]) =>
  execFileSync("sh", ["-c", script, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: homedir(), SPACED: "two  words *" },
  });

beforeAll(() => {
  mkdirSync(join(folder, "a [b] c"));
  writeFileSync(join(folder, "it's"), "");
  symlinkSync("/nowhere", join(folder, "dangling"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["plain", "plain"],
  ["", ""],
  ["it's $(date) `x` \\", "it's $(date) `x` \\"],
  ["~", homedir()],
  ["~/a b", `${homedir()}/a b`],
  ["x~", "x~"],
  ["~no-such-user/x", "~no-such-user/x"],
  ["$HOME", homedir()],
  ["a${HOME}b", `a${homedir()}b`],
  ["$SPACED", "two  words *"],
  ["$NOT_SET and ${NOT_SET}", "$NOT_SET and ${NOT_SET}"],
  ["$1 $$ $ ${ }", "$1 $$ $ ${ }"],
  ["'$HOME'", `'${homedir()}'`],
])("%j is one word on the host: %j", (text, expected) => {
  expect(sh(`printf '%s|' ${expandedWord(text)}`)).toBe(`${expected}|`);
});

test.each([
  [`${folder}/it's`, true],
  [`${folder}/it*`, true],
  [`${folder}/i[s-u]?s`, true],
  [`${folder}/no*`, false],
  [`${folder}/dangling`, true],
  [`${folder}/a*c`, true],
  ["it's", true],
  ["$(touch bad)", false],
  ["~/no such file", false],
  ["~", true],
])("glob %s: %s", (pattern, exists) => {
  const output = Buffer.from(sh(glob.read(["/", pattern, "/etc"])));
  expect(glob.parse(output, ["/", pattern, "/etc"])).toEqual(
    new Map([
      ["/", { exists: true }],
      [pattern, { exists }],
      ["/etc", { exists: true }],
    ]),
  );
});

describe("a command's own question", () => {
  test.each([
    ["says that it is done", "test -d /etc", true],
    ["says that it is not", "test -d /no/such", false],
    ["cannot even be asked", "no-such-program; (", false],
    ["prints, reads and exits as it likes", "cat; echo 0; echo 0 >&2; exit 1", false],
  ])("%s", (_name, unless, isDone) => {
    const via = { unless };
    const output = Buffer.from(sh(command.read(["x"], via)));
    expect(command.parse(output, ["x"], via).get("x")).toEqual({ isDone });
  });

  test("is asked where the command is to run", () => {
    const via = { unless: 'test -e "it\'s"', directory: folder };
    expect(command.parse(Buffer.from(sh(command.read(["x"], via))), ["x"]).get("x")).toEqual({ isDone: true });
    const nowhere = { unless: "true", directory: "/no/such" };
    expect(command.parse(Buffer.from(sh(command.read(["x"], nowhere))), ["x"]).get("x")).toEqual({ isDone: false });
  });
});

test.each([
  { name: "nothing asked", state: { isDone: false }, actions: ["run"] },
  { name: "done", state: { isDone: true }, actions: [] },
  { name: "unsettled", state: unsettled("an earlier task"), actions: ["run"] },
] as const)("ensure: $name", ({ state, actions }) => {
  const wanted = { command: { argv: ["make"] } };
  expect(command.ensure({ kind: "command", key: "make", state }, wanted).map(({ action }) => action)).toEqual(actions);
});

describe("what a command may touch", () => {
  const because = "a command may touch it: make";
  const unsettles = (more: object) => {
    const [change] = command.ensure(notYetRun("make"), { command: { argv: ["make"] }, ...more });
    return change && command.unsettles?.(change);
  };
  test.each([
    ["anything", {}, [{ kind: "*", isDoubt: true, because }]],
    ["nothing", { touches: [] }, []],
    [
      "some things",
      { touches: ["file:/etc/x:y", "package:*", "file:/srv/x/*"] },
      [
        { kind: "file", key: "/etc/x:y", because },
        { kind: "package", because },
        { kind: "file", under: "/srv/x", because },
      ],
    ],
    [
      "what it creates",
      { creates: ["/opt/x"], touches: [] },
      [{ kind: "file", key: "/opt/x", ifAbsent: true, because }],
    ],
  ])("%s", (_name, more, expected) => expect(unsettles(more)).toEqual(expected));
});

describe("the step", () => {
  const run = (step: RunStep) =>
    execFileSync(step.argv[0] ?? "", step.argv.slice(1), { cwd: step.directory ?? folder, encoding: "utf8" });

  test("is the program itself, where nothing stands for anything else", () => {
    expect(runStep({ command: { argv: ["ls", "-l", "a b"], expandsVariables: true }, directory: "/etc" })).toEqual({
      do: "run",
      argv: ["ls", "-l", "a b"],
      directory: "/etc",
      accept: "any",
    });
  });
  test("expands in words and folders what the host knows", () => {
    const step = runStep({ command: { argv: ["echo", "~", "$HOME", "$A b"], expandsVariables: true }, directory: "~" });
    expect(run(step)).toBe(`${homedir()} ${homedir()} $A b\n`);
  });
  test("leaves the words alone, where that is not wanted", () => {
    expect(run(runStep({ command: { argv: ["echo", "~", "$HOME"] }, directory: "$HOME" }))).toBe("~ $HOME\n");
  });
  test("gives a line to the shell that is asked for", () => {
    expect(run(runStep({ command: { line: "echo $0 | cat; echo $(pwd)" }, directory: folder }))).toBe(
      `/bin/sh\n${folder}\n`,
    );
    expect(run(runStep({ command: { line: "echo ${BASH_VERSION:+yes}", shell: "/bin/bash" } }))).toBe("yes\n");
  });
});
