import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Host, Lab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openOpensshLink } from "../src/link-openssh.ts";
import { openSsh2Link } from "../src/link-ssh2.ts";
import { SshPool } from "../src/ssh-pool.ts";
import { endpointOf, finish, setSshd, sshHosts, whoAmI } from "./ssh-host.ts";

let lab: Lab;
let web: Host;
let outer: Host;
let inner: Host;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "many-"));
  const made = await sshHosts("web", "outer", "inner");
  lab = made.lab;
  [web, outer, inner] = made.hosts as [Host, Host, Host];
  // The hosts know each other by other addresses than we them.
  for (const host of made.hosts) {
    const key = (await host.readFile("/etc/ssh/ssh_host_ed25519_key.pub")).split(" ").slice(0, 2).join(" ");
    writeFileSync(lab.knownHostsFile, `${host.innerAddress} ${key}\n`, { flag: "a" });
  }
});
afterAll(async () => {
  await lab?.down();
  rmSync(directory, { recursive: true });
});

const logins = async (host: Host) =>
  Number((await host.shell("journalctl -u 'ssh*' -o cat | grep -c 'Accepted publickey' || true")).stdout);

test.each([
  ["ssh2", openSsh2Link],
  ["openssh", openOpensshLink],
])("through two hosts: %s", async (_transport, open) => {
  const proxyJump = [`root@${outer.address}`, `root@${inner.innerAddress}:22`];
  const before = await logins(web);
  expect(await whoAmI(endpointOf(lab, web, { address: web.innerAddress, proxyJump }), open)).toBe("root");
  expect((await logins(web)) - before).toBe(1);
});

test("a way that leads in a circle, and one with no hop in it", async () => {
  const config = join(directory, "circle");
  writeFileSync(config, "Host a\nProxyJump b\nHost b\nProxyJump a\nHost self\nProxyJump self\n");
  const to = (name: string) => openSsh2Link({ name, sshConfig: config, agent: "none" });
  await expect(to("a")).rejects.toMatchObject({ code: "connect/jump-loop", detail: expect.stringContaining("→") });
  await expect(to("self")).rejects.toMatchObject({ code: "connect/jump-loop" });
  await expect(openSsh2Link({ name: "x", proxyJump: ["a:b"], sshConfig: "none" })).rejects.toMatchObject({
    code: "connect/bad-jump",
  });
});

test("a target that its bastion cannot reach", async () => {
  const endpoint = endpointOf(lab, web, { address: web.innerAddress, port: 1, proxyJump: [`root@${outer.address}`] });
  await expect(openSsh2Link(endpoint)).rejects.toMatchObject({ code: "connect/tunnel-refused" });
});

test("fifty at once at one sshd as Debian sets it: all come in", async () => {
  await setSshd(web);
  const pool = new SshPool();
  const endpoint = endpointOf(lab, web);
  const links = await Promise.all(Array.from({ length: 50 }, () => openSsh2Link(endpoint, undefined, pool)));
  const answers = await Promise.all(links.map(async (link) => (await finish(await link.open("echo in"))).stdout));
  expect(answers).toEqual(Array(50).fill("in\n"));
  await Promise.all(links.map((link) => link.close()));
});

test("twenty at once through one bastion share one login there, which ends with the last", async () => {
  const pool = new SshPool();
  const before = await logins(outer);
  const endpoint = endpointOf(lab, web, { address: web.innerAddress, proxyJump: [`root@${outer.address}`] });
  const links = await Promise.all(Array.from({ length: 20 }, () => openSsh2Link(endpoint, undefined, pool)));
  expect((await logins(outer)) - before).toBe(1);
  await Promise.all(links.map((link) => link.close()));
  await sleep(500);
  expect((await outer.shell("pgrep -fc '[s]shd-session: root' || true")).stdout.trim()).toBe("0");
});

test("openssh leaves nothing behind: not when it is closed, and not when we are killed", async () => {
  // A folder of its own: others make some of such names meanwhile.
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-left-"));
  vi.stubEnv("TMPDIR", folder);
  const leftovers = () => readdirSync(folder);
  const link = await openOpensshLink(endpointOf(lab, web));
  await link.close();
  expect(leftovers()).toEqual([]);
  const script = `
    const { openOpensshLink } = await import(${JSON.stringify(new URL("../src/link-openssh.ts", import.meta.url).href)});
    const link = await openOpensshLink(${JSON.stringify(endpointOf(lab, web))});
    (await link.open("sleep 1000")).stdout.resume();
    console.log("in");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const [made] = leftovers();
  child.kill("SIGKILL");
  await sleep(1500);
  expect(existsSync(join(folder, made as string))).toBe(false);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  expect(
    execFileSync("sh", ["-c", `pgrep -fc '${made}' || true`])
      .toString()
      .trim(),
  ).toBe("1");
});
