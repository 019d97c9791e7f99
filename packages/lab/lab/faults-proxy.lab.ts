import type { Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FaultProxy, FaultProxyOptions } from "../src/faults/faults.ts";
import { createFaultProxy } from "../src/faults/faults.ts";

/** Everything here talks to a real server over real sockets on the loopback. */
let serve: (socket: Socket) => void;
let server: Server;
let proxy: FaultProxy;
const served: Socket[] = [];
const clients: Socket[] = [];

beforeEach(async () => {
  serve = echo;
  server = createServer({ allowHalfOpen: true }, (socket) => {
    served.push(socket);
    socket.on("error", () => socket.destroy());
    serve(socket);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});

afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  for (const socket of [...served.splice(0), ...clients.splice(0)]) socket.destroy();
  await new Promise((closed) => server.close(closed));
});

describe("without faults", () => {
  test("every byte arrives, in order, both ways, and an end of stream one way leaves the other open", async () => {
    await open();
    serve = (socket) => {
      const received: Buffer[] = [];
      socket.on("data", (bytes) => received.push(bytes));
      socket.on("end", () => socket.end(Buffer.concat(received)));
    };
    const sent = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 31) % 251));
    const client = await dial();
    client.end(sent);
    expect(Buffer.compare(await readAll(client), sent)).toBe(0);
    expect(proxy.traffic).toEqual({ connections: 1, toTarget: 3_000_000, toClient: 3_000_000, roundTrips: 1 });
  });

  test("a reset on one side is a reset on the other", async () => {
    await open();
    serve = (socket) => socket.once("data", () => socket.resetAndDestroy());
    const client = await dial();
    client.write("x");
    expect(await outcome(client)).toBe("ECONNRESET");
  });

  test("a receiver that does not read stops the sender: nothing is hoarded", async () => {
    await open();
    serve = (socket) => socket.pause();
    const client = await dial();
    const before = process.memoryUsage().rss;
    const block = Buffer.alloc(1024 * 1024);
    let accepted = 0;
    const pour = () => {
      let hasRoom = true;
      while (hasRoom && accepted < 512) hasRoom = client.write(block, () => (accepted += 1));
    };
    client.on("drain", pour);
    pour();
    await sleep(1500);
    expect(accepted).toBeLessThan(64);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test("a target in a unix socket is served too", async () => {
    const path = `/tmp/evenkeel-fault-proxy-${process.pid}.sock`;
    const local = createServer(echo);
    await new Promise<void>((listening) => local.listen(path, listening));
    await open({ target: { path } });
    const client = await dial();
    expect(await ask(client, "hello")).toBe("hello");
    client.destroy();
    await new Promise((closed) => local.close(closed));
  });

  test("a target that refuses shows as a reset, since the proxy has accepted already", async () => {
    await open({ target: { host: "127.0.0.1", port: 1 } });
    expect(await outcome(await dial())).toBe("ECONNRESET");
  });
});

describe("delay", () => {
  test("rtt costs a round trip for the handshake and one for each exchange, within 2 ms", async () => {
    await open({ rtt: 50 });
    const client = await dial();
    const first = await timed(() => ask(client, "a"));
    const later: number[] = [];
    for (let round = 0; round < 5; round += 1) later.push((await timed(() => ask(client, "b"))).ms);
    expect(first.ms).toBeGreaterThanOrEqual(99);
    expect(first.ms).toBeLessThan(110);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(49.9);
    expect(Math.min(...later)).toBeLessThan(52);
  });

  test("one way only, and changed while the connection lives", async () => {
    await open();
    const client = await dial();
    await ask(client, "warm");
    proxy.delay(80, "toClient");
    const slow = await timed(() => ask(client, "a"));
    proxy.heal();
    const quick = await timed(() => ask(client, "b"));
    expect(slow.ms).toBeGreaterThanOrEqual(80);
    expect(slow.ms).toBeLessThan(95);
    expect(quick.ms).toBeLessThan(20);
  });

  test("does not reduce throughput: 64 MiB over a 50 ms round trip take the time of 64 MiB and a few round trips", async () => {
    await open();
    const direct = await pour();
    proxy.rtt(50);
    const delayed = await pour();
    expect(delayed.ms).toBeLessThan(direct.ms * 1.5 + 250);
  });
});

test("throttle: bytes a second, one way", async () => {
  await open();
  const client = await dial();
  await ask(client, "warm");
  proxy.throttle(100_000, "toTarget");
  const { ms } = await timed(() => ask(client, "x".repeat(100_000)));
  expect(ms).toBeGreaterThan(850);
  expect(ms).toBeLessThan(1150);
});

test("stall keeps both sockets open and passes nothing, new connections included; flow gives everything that was held", async () => {
  await open();
  const client = await dial();
  await ask(client, "warm");
  proxy.stall();
  const newcomer = await dial();
  client.write("held");
  newcomer.write("held too");
  const heard = [nextBytes(client), nextBytes(newcomer)];
  expect(await Promise.race([...heard, sleep(500, "silence")])).toBe("silence");
  expect([client, newcomer].map((socket) => socket.readyState)).toEqual(["open", "open"]);
  expect(served.map((socket) => socket.readyState)).toEqual(["open"]);
  proxy.flow();
  expect((await Promise.all(heard)).map(String)).toEqual(["held", "held too"]);
});

describe("cutAfter", () => {
  test.each([
    { bytes: 1, how: "reset" },
    { bytes: 1000, how: "reset" },
    { bytes: 3_333_333, how: "reset" },
    { bytes: 1, how: "fin" },
    { bytes: 3_333_333, how: "fin" },
  ] as const)("the client gets exactly $bytes bytes and then a $how", async ({ bytes, how }) => {
    await open();
    serve = (socket) => socket.write(Buffer.alloc(8_000_000));
    proxy.cutAfter(bytes, { how, direction: "toClient" });
    const client = await dial();
    let received = 0;
    client.on("data", (chunk) => (received += chunk.length));
    // A client that is busy now and then: what the kernel holds for it must not be lost to the reset.
    const pauses = setInterval(() => client[client.isPaused() ? "resume" : "pause"](), 20);
    expect(await outcome(client)).toBe(how === "reset" ? "ECONNRESET" : "end");
    clearInterval(pauses);
    expect(received).toBe(bytes);
  });

  test("the target gets exactly that many, too, and both directions can be counted together", async () => {
    await open();
    let received = 0;
    serve = (socket) => {
      socket.on("data", (chunk) => {
        received += chunk.length;
        socket.write("!");
      });
    };
    proxy.cutAfter(11);
    const client = await dial();
    await ask(client, "1");
    client.write("123456789 and more");
    expect(await outcome(client)).toBe("ECONNRESET");
    expect(received).toBe(10);
  });

  test("of one connection only", async () => {
    await open({ onConnection: (connection) => connection.id === 2 && connection.cutAfter(3) });
    const [first, second] = [await dial(), await dial()];
    expect(await ask(first, "whole")).toBe("whole");
    second.write("whole");
    expect(await outcome(second)).toBe("ECONNRESET");
    expect(await ask(first, "still whole")).toBe("still whole");
  });
});

test("reset, refuse, and accept on the same port again", async () => {
  await open();
  const client = await dial();
  await ask(client, "warm");
  await proxy.refuse();
  await expect(dial()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await ask(client, "lives on")).toBe("lives on");
  proxy.reset();
  expect(await outcome(client)).toBe("ECONNRESET");
  await proxy.accept();
  expect(await ask(await dial(), "back")).toBe("back");
});

test("round trips count the waits, not the changes of direction", async () => {
  await open({ rtt: 10 });
  serve = (socket) => {
    socket.write("banner");
    socket.on("data", (bytes) => socket.write(bytes));
  };
  const client = await dial();
  client.write("hello, without waiting for the banner.");
  let heard = "";
  while (!heard.endsWith("banner.")) heard += String(await nextBytes(client));
  expect(proxy.traffic.roundTrips).toBe(1);
  for (const question of ["a", "b", "c"]) await ask(client, question);
  expect(proxy.traffic.roundTrips).toBe(4);
});

async function open(options: Partial<FaultProxyOptions> = {}): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  proxy = await createFaultProxy({ target: { host: "127.0.0.1", port: address.port }, ...options });
}

async function dial(): Promise<Socket> {
  const socket = connect({ host: proxy.host, port: proxy.port, allowHalfOpen: true, noDelay: true });
  clients.push(socket);
  await new Promise((connected, failed) => socket.once("connect", connected).once("error", failed));
  socket.on("error", () => socket.destroy());
  return socket;
}

function echo(socket: Socket): void {
  socket.setNoDelay(true).pipe(socket);
}

async function ask(socket: Socket, question: string): Promise<string> {
  let answer = "";
  socket.write(question);
  while (answer.length < question.length) answer += String(await nextBytes(socket));
  return answer;
}

function nextBytes(socket: Socket): Promise<Buffer> {
  return new Promise((bytes) => socket.once("data", bytes));
}

async function readAll(socket: Socket): Promise<Buffer> {
  const received: Buffer[] = [];
  for await (const bytes of socket) received.push(bytes);
  return Buffer.concat(received);
}

function outcome(socket: Socket): Promise<string> {
  if (socket.listenerCount("data") === 0) socket.resume();
  return new Promise((ended) => {
    socket.once("end", () => ended("end"));
    socket.once("error", (error: NodeJS.ErrnoException) => ended(error.code ?? error.message));
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const from = performance.now();
  const result = await work();
  return { ms: performance.now() - from, result };
}

/** 64 MiB to a target that says one byte when it has them all. */
async function pour(): Promise<{ ms: number }> {
  const size = 64 * 1024 * 1024;
  serve = (socket) => {
    let received = 0;
    socket.on("data", (bytes) => {
      received += bytes.length;
      if (received === size) socket.write("!");
    });
  };
  const client = await dial();
  return timed(() => {
    client.write(Buffer.alloc(size));
    return nextBytes(client);
  });
}
