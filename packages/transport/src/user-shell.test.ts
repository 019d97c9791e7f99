import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { ConnectError } from "@evenkeel/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HostLink } from "./host-link.ts";
import type { Channel, Link } from "./link.ts";
import { ShellLost } from "./shell/shell-lost.ts";
import { UserShell } from "./user-shell.ts";

/** How long is gone on trying; the real thing is in lab/faults-host.lab.ts. */
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const channels: { stdin: PassThrough; stdout: PassThrough; stderr: PassThrough }[] = [];
const openChannel = (): Channel => {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  channels.push(streams);
  return { ...streams, end: new Promise(() => undefined), close: () => undefined };
};
/** Answers what the last shell was asked since it last answered. */
const answer = () => {
  const channel = channels.at(-1);
  for (const [, nonce] of String(channel?.stdin.read() ?? "").matchAll(/evk_open (\w{32})/g)) {
    for (const stream of [channel?.stdout, channel?.stderr]) stream?.write(`\x1e${nonce}<\n\x1e${nonce}>0\n`);
  }
};
const link: Link = {
  open: async () => openChannel(),
  tunnel: async () => new PassThrough(),
  closed: new Promise(() => undefined),
  close: async () => undefined,
};
const lost = () => new ShellLost({ kind: "lost", reason: "cut" }, "");
const passes = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("a long job that is lost has the same patience as a short one", async () => {
  let times = 0;
  const shell = new UserShell(new HostLink(async () => link), "web");
  const using = shell.use(async (each) => {
    times += 1;
    if (times > 3) return "found";
    answer();
    const asked = each.send([{ script: "sleep 7200" }]);
    await passes(7_200_000);
    answer();
    await asked;
    throw lost();
  });
  let isOver = false;
  void using.finally(() => (isOver = true)).catch(() => undefined);
  // The pauses between two tries are real ones.
  while (!isOver) await Promise.all([vi.advanceTimersByTimeAsync(3_600_000), sleep(20)]);
  await expect(using).resolves.toBe("found");
});

test.each(["nothing at all", "nothing that was asked"])("a host that says %s is not asked for ever", async (what) => {
  let times = 0;
  const shell = new UserShell(new HostLink(async () => link), "web");
  const using = shell.use((each) => {
    times += 1;
    return each.send([{ script: "echo", silentMs: 60_000 }]);
  });
  let isOver = false;
  void using.catch(() => undefined).finally(() => (isOver = true));
  while (!isOver) {
    if (what !== "nothing at all") channels.at(-1)?.stdout.write("noise");
    await Promise.all([vi.advanceTimersByTimeAsync(5000), sleep(20)]);
  }
  await expect(using).rejects.toMatchObject({ name: "ConnectError", detail: expect.stringContaining("said nothing") });
  expect(times).toBe(2);
});

test("what fails at once, again and again, is given up after a minute", async () => {
  let times = 0;
  const shell = new UserShell(new HostLink(async () => link), "web");
  const using = shell.use(async () => {
    times += 1;
    throw lost();
  });
  const refused = expect(using).rejects.toMatchObject({ name: "ConnectError", host: "web" });
  await vi.advanceTimersByTimeAsync(90_000);
  await refused;
  expect(times).toBeLessThan(10);
});

test("a host that was never reached is not waited for", async () => {
  const error = new ConnectError({ code: "connect/refused", message: "refused" });
  const shell = new UserShell(new HostLink(() => Promise.reject(error)), "web");
  await expect(shell.use(async () => "never")).rejects.toBe(error);
});

test("what may not be done twice is not", async () => {
  let times = 0;
  const shell = new UserShell(new HostLink(async () => link), "web");
  const act = async () => {
    times += 1;
    throw lost();
  };
  await expect(shell.use(act, { isRepeatable: false })).rejects.toBeInstanceOf(ConnectError);
  expect(times).toBe(1);
});
