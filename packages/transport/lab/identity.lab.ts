import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@evenkeel/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Endpoint } from "../src/endpoint.ts";
import { fingerprint } from "../src/identity/fingerprint.ts";
import { keyTypeOf } from "../src/identity/parse-known-hosts.ts";
import { openOpensshLink } from "../src/link-openssh.ts";
import { openSsh2Link } from "../src/link-ssh2.ts";
import { makeKey, publicKeyOf } from "./make-key.ts";
import type { Recording, RecordingServer } from "./recording-server.ts";
import { recordingServer } from "./recording-server.ts";

let directory: string;
let knownHosts: string;
const servers: RecordingServer[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "identity-"));
  knownHosts = join(directory, "known_hosts");
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  rmSync(directory, { recursive: true });
});

async function serve(recording?: Recording): Promise<RecordingServer> {
  const server = await recordingServer(recording);
  servers.push(server);
  return server;
}

const endpoint = (server: RecordingServer, more: Partial<Endpoint> = {}): Endpoint => ({
  ...{ name: "web", address: "127.0.0.1", port: server.port, user: "deploy", sshConfig: "none", agent: "none" },
  ...{ password: new Secret("hunter2"), knownHostsFiles: [knownHosts], connectTimeoutMs: 10_000 },
  ...more,
});

const known = (server: RecordingServer, key: Buffer | undefined = server.keys[0]) =>
  `[127.0.0.1]:${server.port} ${keyTypeOf(key as Buffer)} ${key?.toString("base64")}\n`;

const stranger = () => publicKeyOf(makeKey());

test.each([
  ["an unknown host", () => "", "identity/unknown"],
  ["a changed key", (server: RecordingServer) => known(server, stranger()), "identity/changed"],
  [
    "a revoked key",
    (server: RecordingServer) => `${known(server)}@revoked * ${known(server).slice(known(server).indexOf(" ") + 1)}`,
    "identity/revoked",
  ],
])("%s is told nothing: no name, no password", async (_name, text, code) => {
  const server = await serve();
  writeFileSync(knownHosts, text(server));
  await expect(openSsh2Link(endpoint(server))).rejects.toMatchObject({ code, host: "web" });
  expect(server.heard).toEqual([]);
});

test("a changed key is refused under every setting", async () => {
  const server = await serve();
  writeFileSync(knownHosts, known(server, stranger()));
  const linking = openSsh2Link(endpoint(server, { trust: { kind: "accept-new" } }));
  await expect(linking).rejects.toMatchObject({ code: "identity/changed", place: { file: knownHosts, line: 1 } });
  expect(server.heard).toEqual([]);
});

test("known_hosts that cannot be read: nobody is believed", async () => {
  const server = await serve();
  const linking = openSsh2Link(endpoint(server, { knownHostsFiles: [directory], trust: { kind: "accept-new" } }));
  await expect(linking).rejects.toMatchObject({ code: "identity/unreadable" });
  expect(server.heard).toEqual([]);
});

test("each hop is judged under its own name before it hears anything", async () => {
  const bastion = await serve();
  const target = await serve();
  const jump = { proxyJump: [`hop@127.0.0.1:${bastion.port}`], password: new Secret("hunter2") };
  await expect(openSsh2Link(endpoint(target, jump))).rejects.toMatchObject({ code: "identity/unknown" });
  expect([bastion.heard, target.heard]).toEqual([[], []]);
  writeFileSync(knownHosts, known(bastion));
  await expect(openSsh2Link(endpoint(target, jump))).rejects.toMatchObject({ code: "identity/unknown", host: "web" });
  // The bastion let us in without the password, which is the target's.
  expect(bastion.heard).toEqual(["none hop", `tunnel 127.0.0.1:${target.port}`]);
  expect(target.heard).toEqual([]);
  writeFileSync(knownHosts, known(bastion) + known(target));
  const link = await openSsh2Link(endpoint(target, jump));
  expect(target.heard).toEqual(["password deploy hunter2"]);
  await link.close();
});

test("accept-new believes once, writes it down, and holds the host to it", async () => {
  const server = await serve();
  const trust = { kind: "accept-new" } as const;
  await (await openSsh2Link(endpoint(server, { trust }))).close();
  expect(readFileSync(knownHosts, "utf8")).toBe(known(server));
  await (await openSsh2Link(endpoint(server, { trust: { kind: "strict" } }))).close();
  expect(readFileSync(knownHosts, "utf8")).toBe(known(server));
});

test("the system's ssh believes what accept-new wrote, plain and hashed", async () => {
  const server = await serve();
  const config = join(directory, "config");
  writeFileSync(config, "HashKnownHosts yes\n");
  await (await openSsh2Link(endpoint(server, { trust: { kind: "accept-new" }, sshConfig: config }))).close();
  expect(readFileSync(knownHosts, "utf8")).toMatch(/^\|1\|/);
  const { password: _unused, ...plain } = endpoint(server);
  await (await openOpensshLink(plain)).close();
});

test.each([
  ["ssh2", openSsh2Link],
  ["openssh", openOpensshLink],
])("a pinned fingerprint: %s", async (_transport, open) => {
  const server = await serve();
  const { password: _unused, ...plain } = endpoint(server);
  const pinned = (key: Buffer) => ({ ...plain, trust: { kind: "fingerprint", sha256: fingerprint(key) } }) as const;
  await (await open(pinned(server.keys[0] as Buffer))).close();
  await expect(open(pinned(stranger()))).rejects.toMatchObject({ code: expect.stringMatching(/^identity\//) });
});

test("a host with several keys is asked for the kind that is known", async () => {
  const server = await serve({ hostKeys: [makeKey("ed25519"), makeKey("ecdsa"), makeKey("rsa")] });
  for (const key of server.keys) {
    writeFileSync(knownHosts, known(server, key));
    await (await openSsh2Link(endpoint(server))).close();
  }
});

test.each([
  ["SHA-1 host keys", { algorithms: { serverHostKey: ["ssh-rsa"] } }],
  ["CBC", { algorithms: { cipher: ["aes128-cbc"] } }],
  ["SHA-1 MACs", { algorithms: { cipher: ["aes128-ctr"], hmac: ["hmac-sha1"] } }],
  ["SHA-1 key exchange", { algorithms: { kex: ["diffie-hellman-group14-sha1"] } }],
] as const)("a server that has nothing but %s is refused, and told what would do", async (_name, config) => {
  const server = await serve({ hostKeys: [makeKey("rsa")], config: config as never });
  writeFileSync(knownHosts, known(server));
  const linking = openSsh2Link(endpoint(server));
  await expect(linking).rejects.toMatchObject({
    code: "connect/algorithms",
    hint: expect.stringContaining("transport: openssh"),
  });
  expect(server.heard).toEqual([]);
});
