import { appendFileSync, readFileSync } from "node:fs";
import type { Host, Lab } from "@evenkeel/lab";
import { createFaultProxy } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Endpoint } from "../src/endpoint.ts";
import { openSsh2Link } from "../src/link-ssh2.ts";
import { isProving } from "./is-proving.ts";
import { endpointOf, finish, sshHosts } from "./ssh-host.ts";

/** What takes a minute to show: when a wire counts as dead, and when it does not. */
let lab: Lab;
let host: Host;
beforeAll(async () => {
  const made = await sshHosts("web");
  lab = made.lab;
  host = made.hosts[0] as Host;
});
afterAll(() => lab?.down());

function through({ host: address, port }: { host: string; port: number }): Endpoint {
  const key = readFileSync(lab.knownHostsFile, "utf8").trim().split(" ").slice(1, 3).join(" ");
  appendFileSync(lab.knownHostsFile, `[${address}]:${port} ${key}\n`);
  return endpointOf(lab, host, { address, port });
}

test.runIf(isProving)("a half-open connection is noticed within 45 s", { timeout: 70_000 }, async () => {
  await using proxy = await createFaultProxy({ target: { host: host.address, port: 22 } });
  const link = await openSsh2Link(through(proxy));
  const channel = await link.open("sleep 100");
  proxy.stall();
  const since = performance.now();
  expect(await channel.end).toMatchObject({ kind: "lost", reason: expect.stringContaining("no sign of life") });
  expect(performance.now() - since).toBeLessThan(45_500);
});

test.runIf(isProving)(
  "an upload at 64 KiB/s for longer than that is no reason to give up",
  { timeout: 120_000 },
  async () => {
    await using proxy = await createFaultProxy({ target: { host: host.address, port: 22 } });
    const link = await openSsh2Link(through(proxy));
    proxy.throttle(64 * 1024);
    const channel = await link.open("wc -c");
    const size = 4 * 1024 * 1024;
    const { stdout, end } = await finish(channel, "x".repeat(size));
    expect([stdout.trim(), end]).toEqual([String(size), { kind: "exited", code: 0 }]);
    await link.close();
  },
);
