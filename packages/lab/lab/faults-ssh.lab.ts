import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultProxyOptions } from "../src/faults/faults.ts";
import { createFaultProxy } from "../src/faults/faults.ts";
import type { Host, Lab } from "../src/index.ts";
import { createLab } from "../src/index.ts";

let lab: Lab;
let host: Host;

beforeAll(async () => {
  lab = await createLab();
  host = await lab.addHost({ name: "debian" });
});

afterAll(() => lab?.down());

test("the round trips of an SSH login can be counted, and cost what they must", async () => {
  const counts = [];
  for (let round = 0; round < 3; round += 1) {
    await using proxy = await proxyOf({ rtt: 100 });
    const from = performance.now();
    expect(await ssh(proxy.port, "true")).toMatchObject({ status: 0 });
    const ms = performance.now() - from;
    const { roundTrips } = proxy.traffic;
    // One more for TCP's handshake.
    expect(ms).toBeGreaterThan((roundTrips + 1) * 100);
    expect(ms).toBeLessThan((roundTrips + 1) * 100 + 600);
    counts.push(roundTrips);
  }
  expect(new Set(counts).size, `${counts}`).toBe(1);
  expect(counts[0]).toBeGreaterThanOrEqual(5);
  expect(counts[0]).toBeLessThanOrEqual(12);
});

test("cut after so many bytes, ssh fails, and the host may have run the command or not", async () => {
  await using whole = await proxyOf();
  await ssh(whole.port, "true");
  const { toClient } = whole.traffic;
  for (const bytes of [1, Math.floor(toClient / 2), toClient - 1]) {
    await using proxy = await proxyOf();
    proxy.cutAfter(bytes, { direction: "toClient" });
    const { status, stderr } = await ssh(proxy.port, "true");
    expect(status, `cut after ${bytes} of ${toClient}: ${stderr}`).toBe(255);
    expect(proxy.traffic.toClient).toBe(bytes);
  }
});

test("a stalled line is silent, not closed: only ssh's own questions find it out", async () => {
  await using proxy = await proxyOf();
  const questions = ["-o", "ServerAliveInterval=1", "-o", "ServerAliveCountMax=2"];
  const session = ssh(proxy.port, "echo ready; sleep 60", questions, () => proxy.stall());
  const { status, stdout, stderr } = await session;
  expect({ status, stdout }).toEqual({ status: 255, stdout: "ready\n" });
  expect(stderr).toContain("not responding");
});

async function proxyOf(options: Partial<FaultProxyOptions> = {}) {
  return createFaultProxy({ target: { host: host.address, port: 22 }, ...options });
}

async function ssh(port: number, script: string, more: string[] = [], onOutput: () => void = () => undefined) {
  const known = ["-o", `HostKeyAlias=${host.name}`, "-o", "BatchMode=yes", "-v", "-p", String(port)];
  const child = spawn("ssh", [...lab.sshArguments(), ...known, ...more, "root@127.0.0.1", script]);
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (bytes) => {
    said.stdout += bytes;
    onOutput();
  });
  child.stderr.on("data", (bytes) => {
    said.stderr += bytes;
  });
  child.stdin.end();
  const late = setTimeout(() => child.kill(), 30_000);
  const [status] = await once(child, "close");
  clearTimeout(late);
  return { status, ...said };
}
