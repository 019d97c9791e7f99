import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Endpoint } from "../src/endpoint.ts";
import { askSsh } from "../src/ssh-config/ask-ssh.ts";
import { readSshConfig } from "../src/ssh-config/read-ssh-config.ts";
import { resolveSshConfig } from "../src/ssh-config/resolve-ssh-config.ts";
import { settingsFrom } from "../src/ssh-config/settings-from.ts";

/** Our own reading of ssh_config and `ssh -G` must come to the same settings. */
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ssh-config-"));
  mkdirSync(join(directory, "d"));
  writeFileSync(join(directory, "d/10.conf"), "Host inc*\nPort 10\n");
  writeFileSync(join(directory, "d/20.conf"), "Host *\nUser twenty\nPort 20\n");
});
afterAll(() => rmSync(directory, { recursive: true }));

test.each([
  ["nothing", "", { name: "web" }],
  ["first value wins", "Host web\nPort 1\nHost *\nPort 2\nUser me", { name: "web" }],
  ["patterns", "Host w?b *.org !x.org\nPort 3\nHost *\nPort 4", { name: "x.org" }],
  ["negation", "Host * !web\nPort 3", { name: "web" }],
  ["capitals in the host", "Host web\nPort 3", { name: "WEB" }],
  ["capitals in HostName", "HostName WEB", { name: "web" }],
  ["capitals in the pattern", "Host WEB\nPort 3", { name: "web" }],
  ["HostName with a token", "HostName %h.example.org", { name: "web" }],
  ["HostName", "Host web\nHostName 192.0.2.1\nHost 192.0.2.1\nPort 5", { name: "web" }],
  ["an address", "Host web\nPort 6\nHost 192.0.2.1\nPort 5", { name: "web", address: "192.0.2.1" }],
  ["identity files", "IdentityFile ~/a\nIdentityFile /b\nIdentitiesOnly yes", { name: "web" }],
  ["quotes", 'IdentityFile "/my key"\nUser=me', { name: "web" }],
  ["known hosts", "UserKnownHostsFile ~/k1 /k2\nGlobalKnownHostsFile /k3", { name: "web" }],
  ["trust yes", "StrictHostKeyChecking yes", { name: "web" }],
  ["trust no", "StrictHostKeyChecking no", { name: "web" }],
  ["trust accept-new", "StrictHostKeyChecking accept-new", { name: "web" }],
  ["alias and hashes", "HostKeyAlias front\nHashKnownHosts yes", { name: "web" }],
  ["jumps", "ProxyJump me@a:2,b", { name: "web" }],
  ["no jump", "ProxyJump none\nHost *\nProxyJump a", { name: "web" }],
  ["an agent", "IdentityAgent /run/agent", { name: "web" }],
  ["timeout", "ConnectTimeout 7", { name: "web" }],
  ["family", "AddressFamily inet6", { name: "web" }],
  ["Include", "Host web\nInclude DIR/d/*.conf\nHost *\nUser last", { name: "web" }],
  ["Include for another", "Host db\nInclude DIR/d/*.conf\nHost *\nUser last", { name: "web" }],
  ["Include with a Host inside", "Include DIR/d/*.conf\nPort 9", { name: "include" }],
  ["comments and space", "  # a\n\n\tPort   8   # b\nUser me", { name: "web" }],
  ["Match all", "Host db\nPort 1\nMatch all\nPort 2", { name: "web" }],
  ["the endpoint overrules", "Port 1\nUser a\nProxyJump x", { name: "web", port: 2, user: "b", proxyJump: "none" }],
] satisfies [string, string, Endpoint][])("%s", async (_name, text, endpoint: Endpoint) => {
  const path = join(directory, "config");
  writeFileSync(path, text.replaceAll("DIR", directory));
  const host = endpoint.address ?? endpoint.name;
  const own = await readSshConfig([{ path, directory }], host);
  expect(own.unclear).toEqual([]);
  const { user, port } = endpoint;
  const answer = await askSsh({ host, configFile: path, ...(user && { user }), ...(port && { port }) });
  if (answer === undefined) throw new Error("no ssh here");
  expect(settingsFrom(endpoint, own)).toEqual(settingsFrom(endpoint, { values: answer, unclear: [] }));
});

test("Match is left to ssh, and what it says is followed", async () => {
  const path = join(directory, "config");
  writeFileSync(path, "Match originalhost web\nPort 77\nMatch all\nUser me\n");
  expect(await resolveSshConfig({ name: "web", sshConfig: path })).toMatchObject({
    port: 77,
    user: "me",
    beyondUs: [],
  });
});

test("ssh's own words about a file that it cannot read", async () => {
  const path = join(directory, "config");
  writeFileSync(path, "Match nonsense\nPort 77\n");
  await expect(resolveSshConfig({ name: "web", sshConfig: path })).rejects.toMatchObject({
    code: "ssh-config/invalid",
    detail: expect.stringContaining("line 1"),
  });
});
