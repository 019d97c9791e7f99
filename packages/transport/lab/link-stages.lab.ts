import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@evenkeel/core";
import type { Connection } from "ssh2";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Endpoint } from "../src/endpoint.ts";
import { openSsh2Link } from "../src/link-ssh2.ts";
import type { Recording } from "./recording-server.ts";
import { recordingServer } from "./recording-server.ts";
import { finish } from "./ssh-host.ts";

/** Servers that give up, each at another stage. */
let directory: string;
const closers: (() => Promise<void>)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "stages-"));
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  rmSync(directory, { recursive: true });
});

async function listen(onConnection: (socket: Socket) => void): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    connections++;
    open.add(socket);
    socket.on("error", () => undefined).on("close", () => open.delete(socket));
    onConnection(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(async () => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

async function serve(recording: Recording) {
  const server = await recordingServer(recording);
  closers.push(server.close);
  const key = server.keys[0] as Buffer;
  writeFileSync(join(directory, "known_hosts"), `[127.0.0.1]:${server.port} ssh-ed25519 ${key.toString("base64")}\n`);
  return server;
}

const endpoint = (port: number, more: Partial<Endpoint> = {}): Endpoint => ({
  ...{ name: "web", address: "127.0.0.1", port, user: "deploy", sshConfig: "none", agent: "none" },
  ...{ password: new Secret("x"), knownHostsFiles: [join(directory, "known_hosts")], connectTimeoutMs: 15_000 },
  ...more,
});

test("before the banner: tried again with pauses, then told with the server's own words", async () => {
  const server = await listen((socket) => socket.end("Not allowed at this time\r\n"));
  const linking = openSsh2Link(endpoint(server.port));
  await expect(linking).rejects.toMatchObject({ code: "connect/closed-early", detail: "Not allowed at this time" });
  expect(server.connections()).toBe(6);
});

test("before the banner, at first: no reason to fail", async () => {
  const target = await serve({});
  let refusals = 3;
  const busy = await listen((socket) => {
    if (refusals-- > 0) return void socket.resetAndDestroy();
    const onward = connect(target.port, "127.0.0.1").on("error", () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  writeFileSync(
    join(directory, "known_hosts"),
    `[127.0.0.1]:${busy.port} ssh-ed25519 ${target.keys[0]?.toString("base64")}\n`,
  );
  const link = await openSsh2Link(endpoint(busy.port));
  await link.close();
  expect(busy.connections()).toBe(4);
});

test("after the banner: told at once, not tried again", async () => {
  const server = await listen((socket) => socket.end("SSH-2.0-OpenSSH_9.2p1\r\n"));
  await expect(openSsh2Link(endpoint(server.port))).rejects.toMatchObject({
    code: "connect/closed",
    message: "web closed the connection during the key exchange",
    detail: expect.stringContaining("OpenSSH_9.2p1"),
  });
  expect(server.connections()).toBe(1);
});

test("words that are not SSH's", async () => {
  const server = await listen((socket) => socket.end("SSH-2.0 nonsense\r\n220 mail.example.org ESMTP\r\n"));
  await expect(openSsh2Link(endpoint(server.port))).rejects.toMatchObject({ code: "connect/not-ssh" });
  const web = await listen((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await expect(openSsh2Link(endpoint(web.port))).rejects.toMatchObject({
    code: "connect/not-ssh",
    detail: expect.stringContaining("HTTP"),
  });
  expect([server.connections(), web.connections()]).toEqual([1, 1]);
});

test("after the key exchange, instead of a login", async () => {
  let connection: Connection | undefined;
  const server = await serve({
    onConnection: (opened) => {
      connection = opened;
    },
    authenticate: () => connection?.end(),
  });
  await expect(openSsh2Link(endpoint(server.port))).rejects.toMatchObject({
    code: "login/refused",
    detail: expect.stringContaining("password: the connection ended"),
  });
});

test("after the login", async () => {
  const server = await serve({ onConnection: (connection) => connection.on("ready", () => connection.end()) });
  const outcome = await openSsh2Link(endpoint(server.port)).then(
    (link) => link.closed,
    (error) => error,
  );
  expect([outcome.code, outcome.expected]).toContainEqual(outcome.code ? expect.stringMatching(/^connect\//) : false);
});

test("a command that the host will not start", async () => {
  const server = await serve({ session: (session) => session.on("exec", (_accept, reject) => reject()) });
  const link = await openSsh2Link(endpoint(server.port));
  await expect(link.open("true")).rejects.toMatchObject({ code: "connect/command-refused", host: "web" });
  await link.close();
});

test("a session that ends without an exit code is lost", async () => {
  const server = await serve({ session: (session) => session.on("exec", (accept) => accept().close()) });
  const link = await openSsh2Link(endpoint(server.port));
  expect((await finish(await link.open("true"))).end).toMatchObject({ kind: "lost" });
  await link.close();
});

test("writing to a channel that the host has closed fails, and does not wait for ever", async () => {
  const server = await serve({ session: (session) => session.on("exec", (accept) => accept().close()) });
  const link = await openSsh2Link(endpoint(server.port));
  const channel = await link.open("true");
  channel.stdout.resume();
  channel.stderr.resume();
  await channel.end;
  const written = Promise.withResolvers<Error | null | undefined>();
  channel.stdin.write("x", written.resolve);
  expect(await written.promise).toBeInstanceOf(Error);
  await link.close();
});
