import { UnsettledValue, unsettled } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { addHost } from "./add-host.ts";
import { assert } from "./assert.ts";
import { asyncStatus } from "./async-status.ts";
import { debug } from "./debug.ts";
import { fail } from "./fail.ts";
import { groupBy } from "./group-by.ts";
import { includeVars } from "./include-vars.ts";
import { ping } from "./ping.ts";
import { setFact } from "./set-fact.ts";
import { setStats } from "./set-stats.ts";

const made = { before: {}, after: {}, changes: [], outputs: [] } as never;

/** An expression as the language hands it on: worked out when it is looked at. */
function expression(source: string, value: () => unknown) {
  return Object.defineProperty({ source }, "value", { get: value }) as {
    readonly source: string;
    readonly value: unknown;
  };
}
const undefinedVariable = (name: string) =>
  expression(name, () => {
    throw new Error(`'${name}' is undefined`);
  });

describe("debug", () => {
  const say = (params: object) => debug.result?.(made, { verbosity: 0, ...params });
  test.each([
    [{}, { msg: "Hello world!" }],
    [{ msg: [1, { a: true }] }, { msg: [1, { a: true }] }],
    [{ var: expression("1 + 1", () => 2) }, { "1 + 1": 2 }],
    [{ var: undefinedVariable("nope") }, { nope: "<< error 1 - 'nope' is undefined >>" }],
    [
      { msg: "x", verbosity: 2 },
      { skipped: true, skipped_reason: "Verbosity threshold not met." },
    ],
    [{ msg: "x", verbosity: 2, verbosity_now: 2 }, { msg: "x" }],
  ])("%j", (params, result) => expect(say(params)).toEqual(result));

  test("what is not known yet is no mistake", () => {
    const later = expression("later", () => {
      throw new UnsettledValue("a command has not run");
    });
    expect(() => say({ var: later })).toThrow(UnsettledValue);
  });
  test("takes one of the two", () => {
    const both = { msg: "x", var: expression("y", () => 1), verbosity: 0 };
    expect(() => debug.plan({}, both)).toThrow(expect.objectContaining({ code: "debug/both" }));
  });
});

describe("assert", () => {
  const usual = { fail_msg: "Assertion failed", success_msg: "All assertions passed", quiet: false };
  const judge = (...that: ReturnType<typeof expression>[]) => assert.result?.(made, { ...usual, that });
  const yes = expression("1 == 1", () => true);
  const no = expression("2 == 1", () => false);

  test("all true", () => expect(judge(yes, yes)).toEqual({ changed: false, msg: "All assertions passed" }));
  test("the first that is not is named, and what follows is not looked at", () => {
    expect(judge(yes, no, undefinedVariable("x"))).toEqual({
      ...{ failed: true, assertion: "2 == 1", evaluated_to: false, msg: "Assertion failed" },
    });
  });
  test("what is neither true nor false is refused", () => {
    expect(() => judge(expression("name", () => "x"))).toThrow(expect.objectContaining({ code: "assert/boolean" }));
  });
});

test("fail", () => expect(fail.result?.(made, { msg: "oh" })).toEqual({ failed: true, msg: "oh" }));

describe("set_fact", () => {
  test("sets", () => {
    expect(setFact.result?.(made, { cacheable: false, a: 1, b: [2] } as never)).toEqual({
      ansible_facts: { a: 1, b: [2] },
    });
    expect(setFact.result?.(made, { cacheable: true, a: 1 } as never)).toMatchObject({
      _ansible_facts_cacheable: true,
    });
  });
  test.each([{}, { "a-b": 1 }, { "1a": 1 }, { class: 1 }])("%j is refused", (facts) => {
    expect(() => setFact.plan({}, { cacheable: false, ...facts })).toThrow(
      /set_fact sets nothing|not a variable's name/,
    );
  });
});

test("set_stats", () => {
  expect(setStats.result?.(made, { data: { a: 1 }, per_host: false, aggregate: true })).toMatchObject({
    ansible_stats: { data: { a: 1 }, per_host: false, aggregate: true },
  });
  expect(() => setStats.plan({}, { data: { "a b": 1 }, per_host: false, aggregate: true })).toThrow(/not a variable's/);
});

test.each([
  ["foo:2222", "foo", { ansible_ssh_port: 2222 }],
  ["[2001:db8::1]:22", "2001:db8::1", { ansible_ssh_port: 22 }],
  ["2001:db8::1", "2001:db8::1", {}],
  ["web", "web", {}],
])("add_host %s", (name, host_name, port) => {
  expect(addHost.result?.(made, { name, groups: ["a", "b", "a"], x: 1 } as never)).toEqual({
    changed: false,
    add_host: { host_name, groups: ["a", "b"], host_vars: { x: 1, ...port } },
  });
});

test("group_by", () => {
  expect(groupBy.result?.(made, { key: "os Debian 13", parents: ["all"] })).toEqual({
    ...{ changed: false, add_group: "os-Debian-13", parent_groups: ["all"] },
  });
});

test("ping", () => {
  expect(ping.result?.(made, { data: "pong" })).toEqual({ changed: false, ping: "pong" });
  expect(ping.result?.(made, { data: "crash" })).toMatchObject({ failed: true });
  expect(Object.values(ping.observe({ data: "" }))).toHaveLength(1);
});

describe("include_vars", () => {
  const read = { files: ["/p/vars/a.yml"], values: { a: 1 } };
  const usual = { depth: 0, ignore_files: [], extensions: [], ignore_unknown_extensions: false };
  test.each([
    [{ file: read }, { a: 1 }],
    [{ dir: read, name: "all" }, { all: { a: 1 } }],
  ])("%j", (params, ansible_facts) => {
    const expected = { changed: false, ansible_facts, ansible_included_var_files: read.files };
    expect(includeVars.result?.(made, { ...usual, ...params })).toEqual(expected);
  });
  test.each([{}, { file: read, dir: read }])("%j is refused", (params) => {
    expect(() => includeVars.plan({}, { ...usual, ...params })).toThrow(/either `file` or `dir`/);
  });
});

describe("async_status", () => {
  const jid = "7f3";
  const look = (state: object, mode: "status" | "cleanup" = "status") => {
    const current = { kind: "job", key: jid, state } as never;
    const changes = asyncStatus.plan({ current }, { jid, mode });
    const result = asyncStatus.result?.(
      { before: { current }, after: { current }, changes, outputs: [] },
      { jid, mode },
    );
    return { changes, result };
  };
  test.each([
    [{ state: "running" }, { started: true, finished: false, changed: false }],
    [{ state: "absent" }, { finished: true, failed: true, msg: "could not find job" }],
    [unsettled("not started yet"), { finished: false }],
    [
      { state: "ended", code: 0, stdout: "a\nb\n", stderr: "" },
      { finished: true, changed: true, rc: 0, stdout: "a\nb", stdout_lines: ["a", "b"] },
    ],
    [
      { state: "ended", code: 2, stdout: "", stderr: "x\n" },
      { failed: true, rc: 2, stderr: "x" },
    ],
    [
      { state: "lost", stdout: "", stderr: "" },
      { finished: true, failed: true },
    ],
  ])("%j", (state, expected) => {
    expect(look(state).result).toMatchObject({ ansible_job_id: jid, ...expected });
    expect(look(state).changes).toEqual([]);
  });
  test("cleans up, once", () => {
    expect(look({ state: "running" }, "cleanup").changes).toMatchObject([{ action: "remove", key: jid }]);
    expect(look({ state: "absent" }, "cleanup").changes).toEqual([]);
  });
});
