import type { Duplex } from "node:stream";
import { duplexPair } from "node:stream";
import type { HostPort } from "@evenkeel/core";
import { ConnectError } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { parseConnections } from "./connections.ts";
import { pause } from "./pause.ts";
import { pauseExecutor } from "./pause-executor.ts";
import { pythonRegex } from "./python-regex.ts";
import { waitFor } from "./wait-for.ts";
import { waitForConnectionExecutor } from "./wait-for-connection.ts";
import type { WaitForData } from "./wait-for-data.ts";
import { waitForExecutor } from "./wait-for-executor.ts";

/** A host with a few doors and files, in memory. */
function fakeHost(more: {
  readonly doors?: Readonly<Record<number, string>>;
  readonly exchange?: (script: string) => string;
  readonly file?: string;
}): HostPort {
  const port: Partial<HostPort> = {
    exchange: async (reads) =>
      reads.map(({ script }) => ({
        code: 0,
        stdout: Buffer.from(more.exchange?.(script) ?? ""),
        stderr: Buffer.alloc(0),
      })),
    get: async (_path, sink) => void (await sink(Buffer.from(more.file ?? ""))),
    async tunnel(door): Promise<Duplex> {
      const said = "port" in door ? more.doors?.[door.port] : undefined;
      if (said === undefined) throw new ConnectError({ code: "connect/tunnel-refused", message: "nobody is there" });
      const [ours, theirs] = duplexPair();
      theirs.write(said);
      return ours;
    },
  };
  return port as HostPort;
}

const usual: WaitForData = {
  ...{ state: "started", host: "127.0.0.1", seconds: 0.2, delaySeconds: 0, sleepSeconds: 0.05, connectSeconds: 1 },
  ...{ excludedHosts: [], connectionStates: ["ESTABLISHED"] },
};
const take = async (data: Partial<WaitForData>, host: HostPort) =>
  (await waitForExecutor.take({ ...usual, ...data }, host, {})).data;

/** As /proc/net/tcp has it: sshd listens everywhere, mysqld on 127.0.0.1 with one client. */
const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0 100 0 0 10 0
   2: 0100007F:0CEA 0500A8C0:C001 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 100 0 0 10 0
   0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C002 01 00000000:00000000 00:0 0 0 0 4
`;

test("the kernel's table of connections is read", () => {
  expect(parseConnections(table)).toEqual([
    { address: "00000000", port: 22, peer: "00000000", state: "LISTEN" },
    { address: "0100007F", port: 3306, peer: "00000000", state: "LISTEN" },
    { address: "0100007F", port: 3306, peer: "0500A8C0", state: "ESTABLISHED" },
    { address: "0100007F", port: 8080, peer: "0100007F", state: "ESTABLISHED" },
  ]);
});

describe("wait_for", () => {
  const found = { isTimedOut: false };
  const inVain = { isTimedOut: true };
  const isThere = (script: string) => (script.includes("/there") ? "there\n" : "\n");

  test.each([
    ["an open port", { port: 80 }, found],
    [
      "a port that says something",
      { port: 80, searchRegex: "(?P<word>HEL+O)" },
      { ...found, named: { word: "HELLO" } },
    ],
    ["a port that says something else", { port: 80, searchRegex: "BYE" }, inVain],
    ["a closed port", { port: 81 }, inVain],
    ["a port to be closed, that is", { port: 81, state: "stopped" }, found],
    ["a port to be closed, that is not", { port: 80, state: "stopped" }, inVain],
    ["a path", { path: "/there" }, found],
    ["a path that is not", { path: "/gone" }, inVain],
    ["a path to be gone", { path: "/gone", state: "absent" }, found],
    ["a path to be gone, that is not", { path: "/there", state: "absent" }, inVain],
    ["a file that says something", { path: "/there", searchRegex: "^two (\\w+)$" }, { ...found, groups: ["lines"] }],
    ["a file that does not", { path: "/there", searchRegex: "three" }, inVain],
    ["a time", { seconds: 0.1 }, found],
  ] as const)("%s", async (_name, data, expected) => {
    const host = fakeHost({ doors: { 80: "HELLO\n" }, exchange: isThere, file: "one\ntwo lines\n" });
    expect(await take(data, host)).toMatchObject(expected);
  });

  test.each([
    [3306, [], inVain],
    [3306, ["192.168.0.5"], found],
    [8080, [], inVain],
    [22, [], found],
  ])("connections to %d, but for those of %j", async (port, excludedHosts, expected) => {
    const host = fakeHost({ exchange: () => table });
    expect(await take({ state: "drained", port, excludedHosts }, host)).toMatchObject(expected);
  });

  test("a port that listens and that no tunnel leads to is not taken for closed", async () => {
    const host = fakeHost({ exchange: () => table });
    await expect(take({ port: 3306, state: "stopped" }, host)).rejects.toMatchObject({ code: "wait_for/no-tunnel" });
  });

  const params = {
    ...{ host: "127.0.0.1", state: "started" as const, timeout: 300, connect_timeout: 5, delay: 0, sleep: 1 },
    active_connection_states: ["ESTABLISHED" as const],
  };
  test.each([
    [{ port: 80 }, "127.0.0.1:80 to be open"],
    [{ port: 80, state: "stopped" as const }, "127.0.0.1:80 to be closed"],
    [{ path: "/x", state: "absent" as const }, "/x to be gone"],
    [{ path: "/x", search_regex: "ok" }, "/x to be there, saying ok"],
    [{}, "300 s"],
  ])("the plan of %j is a check", (more, key) => {
    expect(waitFor.plan({}, { ...params, ...more })).toMatchObject([{ action: "check", kind: "wait", key }]);
  });
  test.each([
    [{ port: 1, path: "/x" }, "port and path parameter can not both"],
    [{ path: "/x", state: "stopped" as const }, "state=stopped should only be used"],
    [{ port: 1, exclude_hosts: ["a"] }, "exclude_hosts should only be with state=drained"],
    [{ port: 1, search_regex: "(" }, "Invalid regular expression"],
  ])("%j is refused", (more, message) => expect(() => waitFor.plan({}, { ...params, ...more })).toThrow(message));

  const result = (more: object, data: object) =>
    waitFor.result?.({ before: {}, after: {}, changes: [], outputs: [{ data }] } as never, { ...params, ...more });
  test("the result", () => {
    const came = { isTimedOut: false, elapsed: 2, groups: ["a", null], named: { x: "a" } };
    expect(result({ port: 80 }, came)).toEqual({
      ...{ state: "started", port: 80, path: null, search_regex: null, elapsed: 2 },
      ...{ match_groups: ["a", null], match_groupdict: { x: "a" } },
    });
  });
  test.each([
    [{ port: 80 }, "Timeout when waiting for 127.0.0.1:80"],
    [{ port: 80, state: "stopped" }, "Timeout when waiting for 127.0.0.1:80 to stop."],
    [{ port: 80, state: "drained" }, "Timeout when waiting for 127.0.0.1:80 to drain"],
    [{ path: "/x" }, "Timeout when waiting for file /x"],
    [{ path: "/x", search_regex: "a" }, "Timeout when waiting for search string a in /x"],
    [{ path: "/x", state: "absent" }, "Timeout when waiting for /x to be absent."],
    [{ port: 80, msg: "oh" }, "oh"],
  ])("in vain, of %j: %s", (more, msg) => {
    expect(result(more, { isTimedOut: true, elapsed: 300 })).toEqual({ failed: true, elapsed: 300, msg });
  });
});

test.each([
  ["(?i)ABC", "xabcx", true],
  ["^b$", "a\nb\nc", true],
  ["\\Ab", "a\nb", false],
  ["c\\Z", "a\nc", true],
  ["(?P<q>['\"]).*(?P=q)", "'x'", true],
  ["a.c", "a\nc", false],
  ["(?s)a.c", "a\nc", true],
])("Python's %s on %j: %s", (source, text, isMatch) => expect(pythonRegex(source).test(text)).toBe(isMatch));

describe("pause", () => {
  const shown: string[] = [];
  const terminal = (typed?: string) => ({
    isInteractive: typed !== undefined,
    show: (text: string) => void shown.push(text),
    ask: async ({ text }: { text: string }) => {
      shown.push(text);
      return typed;
    },
  });
  const take = async (data: object, typed?: string) =>
    (await pauseExecutor(terminal(typed)).take(data, fakeHost({}), {})).data as { seconds: number; userInput: string };

  test("for a time, whoever is there", async () => {
    const { seconds } = await take({ seconds: 0.05, echo: true });
    expect(seconds).toBeGreaterThanOrEqual(0.049);
  });
  test("for somebody", async () => {
    expect(await take({ prompt: "Go on?", echo: true }, "yes")).toMatchObject({ userInput: "yes" });
    expect(shown).toContain("Go on?: ");
  });
  test("not for nobody", async () => expect(await take({ echo: true })).toMatchObject({ userInput: "" }));

  const outputs = (seconds: number) => [
    {
      stdout: "",
      stderr: "",
      startedAt: "2026-11-21T09:05:43.442Z",
      endedAt: "2026-11-21T09:05:44.444Z",
      data: { seconds, userInput: "" },
    },
  ];
  test.each([
    [{ seconds: 1 }, 1, "Paused for 1.0 seconds"],
    [{ seconds: 3 }, 2.999, "Paused for 3.0 seconds"],
    [{ minutes: 2 }, 120.6, "Paused for 2.01 minutes"],
    [{}, 6, "Paused for 0.1 minutes"],
  ])("%j is said as Ansible does", (params, seconds, stdout) => {
    const made = { before: {}, after: {}, changes: [], outputs: outputs(seconds) };
    expect(pause.result?.(made, { echo: true, ...params })).toMatchObject({
      stdout,
      rc: 0,
      start: "2026-11-21 09:05:43.442000",
    });
  });
  test("the plan", () => {
    expect(pause.plan({}, { minutes: 2, echo: true })).toMatchObject([{ action: "check", kind: "wait", key: "120 s" }]);
    expect(() => pause.plan({}, { minutes: 1, seconds: 1, echo: true })).toThrow(/either `seconds` or `minutes`/);
  });
});

test("wait_for_connection goes on until the host answers", async () => {
  let tries = 0;
  const host: HostPort = {
    ...fakeHost({}),
    exchange: async () => {
      if (++tries < 3) throw new ConnectError({ code: "connect/refused", message: "not yet" });
      return [];
    },
  };
  const wait = (seconds: number) =>
    waitForConnectionExecutor.take({ seconds, delaySeconds: 0, sleepSeconds: 0.01 }, host, {});
  expect((await wait(5)).data).toEqual({ elapsed: 0 });
  tries = -1000;
  expect((await wait(0)).data).toMatchObject({ problem: "not yet" });
});
