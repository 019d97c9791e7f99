import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { NewKnownHost } from "./add-known-host.ts";
import { addKnownHost } from "./add-known-host.ts";
import { judgeHostKey } from "./judge-host-key.ts";
import { loadKnownHosts } from "./load-known-hosts.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "known-hosts-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const key = (fill: number) =>
  Buffer.concat([Buffer.from("\0\0\0\x0bssh-ed25519\0\0\0\x20", "latin1"), Buffer.alloc(32, fill)]);
const newHost = (host: Partial<NewKnownHost>): NewKnownHost => ({
  ...{ name: "web", host: "Web", port: 2222, key: key(1), isHashed: false },
  ...host,
});

test("makes directory and file for the user alone", async () => {
  const knownHostsFile = join(directory, "ssh/known_hosts");
  await addKnownHost(newHost({ knownHostsFile }));
  expect(readFileSync(knownHostsFile, "utf8")).toBe(`[web]:2222 ssh-ed25519 ${key(1).toString("base64")}\n`);
  expect([statSync(join(directory, "ssh")).mode & 0o777, statSync(knownHostsFile).mode & 0o777]).toEqual([
    0o700, 0o600,
  ]);
});

test("appends after a last line that was not ended, and keeps what was there", async () => {
  const knownHostsFile = join(directory, "known_hosts");
  writeFileSync(knownHostsFile, "# mine");
  await addKnownHost(newHost({ knownHostsFile, port: 22 }));
  expect(readFileSync(knownHostsFile, "utf8")).toMatch(/^# mine\nweb ssh-ed25519 \S+\n$/);
});

test("a hashed line is recognised and shows no name", async () => {
  const knownHostsFile = join(directory, "known_hosts");
  await addKnownHost(newHost({ knownHostsFile, isHashed: true }));
  expect(readFileSync(knownHostsFile, "utf8")).toMatch(/^\|1\|\S+ ssh-ed25519 \S+\n$/);
  const verdict = judgeHostKey(await loadKnownHosts([knownHostsFile]), newHost({}));
  expect(verdict.kind).toBe("matched");
});

test("fifty at once: every line whole, none lost, the same host once", async () => {
  const knownHostsFile = join(directory, "known_hosts");
  const hosts = Array.from({ length: 50 }, (_, at) => newHost({ knownHostsFile, host: `web-${at}`, key: key(at) }));
  await Promise.all(hosts.map(addKnownHost));
  await Promise.all(hosts.map(addKnownHost));
  const known = await loadKnownHosts([knownHostsFile]);
  expect(known).toHaveLength(50);
  expect(hosts.map((host) => judgeHostKey(known, host).kind)).toEqual(hosts.map(() => "matched"));
});

test("a key that cannot be written down is not believed", async () => {
  writeFileSync(join(directory, "file"), "");
  const adding = addKnownHost(newHost({ knownHostsFile: join(directory, "file/known_hosts") }));
  await expect(adding).rejects.toMatchObject({ code: "identity/not-recorded" });
});

test("a missing file knows nobody; one that cannot be read is an error", async () => {
  expect(await loadKnownHosts([join(directory, "none")])).toEqual([]);
  await expect(loadKnownHosts([directory])).rejects.toMatchObject({ code: "identity/unreadable" });
});
