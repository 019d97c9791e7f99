import type { Observed, StepOutput } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { command } from "./command.ts";
import { outputLines } from "./output-lines.ts";
import { raw } from "./raw.ts";
import { script } from "./script.ts";
import { shell } from "./shell.ts";

const usual = { stdin_add_newline: true, strip_empty_ends: true, expand_argument_vars: true };
const there = { type: "file" } as const;
const gone = { type: "absent" } as const;

interface Row {
  readonly name: string;
  readonly creates?: Observed["state"];
  readonly removes?: Observed["state"];
  readonly own?: Observed["state"];
  readonly actions: readonly string[];
}

const rows: readonly Row[] = [
  { name: "nothing said", actions: ["run"] },
  { name: "what it creates is there", creates: there, actions: [] },
  { name: "what it creates is not there", creates: gone, actions: ["run"] },
  { name: "what matches is there", creates: { exists: true }, actions: [] },
  { name: "what it creates is unsettled", creates: unsettled("an earlier task"), actions: ["run"] },
  { name: "what it removes is there", removes: there, actions: ["run"] },
  { name: "what it removes is not there", removes: gone, actions: [] },
  { name: "what it removes is unsettled", removes: unsettled("an earlier task"), actions: ["run"] },
  { name: "its question says no", own: { isDone: false }, actions: ["run"] },
  { name: "its question says yes", own: { isDone: true }, actions: [] },
  { name: "its question is unsettled", own: unsettled("an earlier task"), actions: ["run"] },
];

function answersOf({ creates, removes, own }: Row) {
  const answer = (kind: string, state: Observed["state"] | undefined) =>
    state === undefined ? [] : [{ kind, key: "/x", state }];
  const answers = { creates: answer("file", creates), removes: answer("file", removes), own: answer("command", own) };
  return { ...answers, folder: [] } as never;
}

describe("whether a command runs", () => {
  const words = { creates: "/x", removes: "/y", unless: "test -e /z" };
  const file = { localFile: "/playbook/files/set up.sh", sha256: "0", size: 1 };
  test.each(rows)("$name", (row) => {
    const answers = answersOf(row);
    const planned = [
      command.plan(answers, { cmd: "make x", ...usual, ...words }),
      shell.plan(answers, { cmd: "make x", ...usual, ...words }),
      raw.plan(answers, { cmd: "make x", ...words }),
      script.plan(answers, { cmd: { file, words: "--all" }, decrypt: true, ...words }),
    ];
    for (const changes of planned) expect(changes.map(({ action }) => action)).toEqual(row.actions);
  });
});

describe("what is asked", () => {
  const keys = (params: object) => {
    const { creates, removes, folder, own } = command.observe({ cmd: "make", ...usual, ...params });
    return [...creates, ...removes, ...folder, ...own].map(({ kind, key }) => `${kind} ${key}`);
  };
  test.each([
    [{}, []],
    [{ creates: "/opt//x/" }, ["file /opt/x"]],
    [{ creates: "/opt/*" }, ["glob /opt/*"]],
    [{ creates: "~/x", removes: "$HOME/y" }, ["glob ~/x", "glob $HOME/y"]],
    [{ creates: "x", chdir: "/opt" }, ["file /opt/x", "file /opt"]],
    [{ chdir: "~/x" }, ["glob ~/x"]],
    [{ creates: "x" }, ["glob x"]],
    [{ unless: "true" }, ["command make"]],
  ])("%j: %j", (params, expected) => expect(keys(params)).toEqual(expected));
});

const nothing = { creates: [], removes: [], folder: [], own: [] } as never;

describe("the step", () => {
  const step = (params: object) => command.plan(nothing, { ...usual, ...params })[0]?.steps[0];
  test.each([
    [{ cmd: `echo "a b" 'c  d' e\\ f` }, { argv: ["echo", "a b", "c  d", "e f"] }],
    [{ argv: ["echo", "$HOME"], expand_argument_vars: false }, { argv: ["echo", "$HOME"] }],
    [{ cmd: "cat", stdin: "hi" }, { stdin: "hi\n" }],
    [{ cmd: "cat", stdin: "hi", stdin_add_newline: false }, { stdin: "hi" }],
    [{ cmd: "ls", chdir: "/srv" }, { directory: "/srv" }],
  ])("%j", (params, expected) => expect(step(params)).toMatchObject({ ...expected, accept: "any" }));

  test("a secret stays one", () => {
    const said = step({ cmd: "passwd", stdin: new Secret("s3cret") }) as { stdin: Secret };
    expect(said.stdin.reveal()).toBe("s3cret\n");
    expect(JSON.stringify(said)).not.toContain("s3cret");
  });

  test.each([[{}], [{ cmd: "" }], [{ argv: [] }], [{ cmd: "ls", argv: ["ls"] }]])("%j is no command", (params) => {
    expect(() => step(params)).toThrow(expect.objectContaining({ code: "command/what" }));
  });

  test("a script comes by stdin, and what comes after its name is the shell's", () => {
    const file = { localFile: "/playbook/files/set up.sh", sha256: "0", size: 1 };
    const [change] = script.plan(nothing, {
      cmd: { file, words: "--all $HOME" },
      decrypt: true,
      executable: "python3 -u",
    });
    expect(change).toMatchObject({ key: "set up.sh --all $HOME", steps: [{ stdin: file }] });
    expect(change?.steps[0]).toMatchObject({
      argv: ["/bin/sh", "-c", expect.any(String), "evenkeel-script", "set up.sh", 'python3 -u "$0" --all $HOME'],
    });
  });
});

describe("the result, as ansible-core 2.19 gives it", () => {
  const times = { startedAt: "2026-11-21T09:05:40.341Z", endedAt: "2026-11-21T09:06:41.845Z" };
  const ran = (output: Partial<StepOutput>, params: object, module = command as typeof shell) => {
    const all = { ...usual, ...params } as never;
    const changes = module.plan(nothing, all);
    const outputs = [{ code: 0, stdout: "", stderr: "", ...times, ...output }];
    return module.result?.({ before: nothing, after: nothing, changes, outputs }, all);
  };

  test("of a command", () => {
    expect(ran({ stdout: "x\r\n\n\n", stderr: "e\n" }, { cmd: "sh -c 'x y'" })).toEqual({
      ...{ changed: true, cmd: ["sh", "-c", "x y"], rc: 0, msg: "" },
      ...{ stdout: "x", stdout_lines: ["x"], stderr: "e", stderr_lines: ["e"] },
      ...{ start: "2026-11-21 09:05:40.341000", end: "2026-11-21 09:06:41.845000", delta: "0:01:01.504000" },
    });
  });
  test("of one that fails", () => {
    const result = ran({ code: 3 }, { cmd: "x" }, shell);
    expect(result).toMatchObject({ failed: true, changed: true, cmd: "x", rc: 3, msg: "non-zero return code" });
  });
  test("with every line", () => {
    expect(ran({ stdout: "a\n\n" }, { cmd: "x", strip_empty_ends: false })).toMatchObject({ stdout: "a\n\n" });
  });
  test.each([
    ["dash", 127, "/bin/sh: 1: exec: nope: not found\n", 2],
    ["bash", 127, "/bin/sh: line 1: exec: nope: not found\n", 2],
    ["busybox", 127, "/bin/sh: exec: line 1: nope: not found\n", 2],
    ["dash", 126, "/bin/sh: 1: exec: nope: Permission denied\n", 13],
  ])("of a program that %s cannot start", (_shell, code, stderr, rc) => {
    const expected = { failed: true, changed: false, cmd: "nope a", rc, stderr: "", stdout: "" };
    expect(ran({ code, stderr }, { cmd: "nope a" })).toMatchObject(expected);
  });
  test("of a program that says so itself", () => {
    expect(ran({ code: 127, stderr: "x: not found\n" }, { cmd: "sh -c x" })).toMatchObject({ rc: 127 });
  });
  test.each([
    [{ creates: "/x" }, { creates: [{ state: there }] }, "'/x' exists", "/x exists"],
    [{ removes: "/x" }, { removes: [{ state: gone }] }, "'/x' does not exist", "/x does not exist"],
  ])("of one that need not run: %j", (params, answers, msg, stdout) => {
    const before = { creates: [], removes: [], folder: [], own: [], ...answers } as never;
    const made = { before, after: before, changes: [], outputs: [] };
    expect(command.result?.(made, { cmd: "make x", ...usual, ...params })).toEqual({
      ...{ changed: false, cmd: ["make", "x"], rc: 0, msg: `Did not run command since ${msg}` },
      ...{
        stdout: `skipped, since ${stdout}`,
        stdout_lines: [`skipped, since ${stdout}`],
        stderr: "",
        stderr_lines: [],
      },
      ...{ start: null, end: null, delta: null },
    });
    const skipped = { skipped: true };
    expect(
      script.result?.(made, {
        cmd: { file: { localFile: "/x", sha256: "", size: 0 }, words: "" },
        decrypt: true,
        ...params,
      }),
    ).toMatchObject(skipped);
  });
});

test.each([
  ["not there", { state: gone }, true],
  ["not there yet, perhaps", { state: gone, doubt: "a command may make it" }, false],
  ["known later", { state: unsettled("made before") }, false],
  ["there", { state: there }, false],
])("a folder that is %s", (_name, folder, isMissing) => {
  const before = { creates: [], removes: [], folder: [folder], own: [] } as never;
  const params = { cmd: "make", chdir: "/srv", ...usual };
  const changes = command.plan(before, params);
  expect(changes).toHaveLength(isMissing ? 0 : 1);
  if (!isMissing) return;
  expect(shell.result?.({ before, after: before, changes, outputs: [] }, params)).toMatchObject({
    ...{ failed: true, changed: false, rc: null, msg: "Unable to change directory before execution." },
  });
});

test.each([
  ["", []],
  ["a", ["a"]],
  ["a\n\nb\r\nc\u2028d\n", ["a", "", "b", "c", "d"]],
])("lines of %j", (text, lines) => expect(outputLines(text)).toEqual(lines));
