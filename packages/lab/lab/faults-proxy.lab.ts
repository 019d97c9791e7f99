import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ask, echo, nextBytes, outcome, ProxiedServer, readAll, timed } from "./proxied-server.ts";

let at: ProxiedServer;

beforeEach(() => {
  at = new ProxiedServer();
});

afterEach(() => at.close());

describe("without faults", () => {
  test("every byte arrives, in order, both ways, and an end of stream one way leaves the other open", async () => {
    await at.open();
    at.serve = (socket) => {
      const received: Buffer[] = [];
      socket.on("data", (bytes) => received.push(bytes));
      socket.on("end", () => socket.end(Buffer.concat(received)));
    };
    const sent = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 31) % 251));
    const client = await at.dial();
    client.end(sent);
    expect(Buffer.compare(await readAll(client), sent)).toBe(0);
    expect(at.proxy.traffic).toEqual({ connections: 1, toTarget: 3_000_000, toClient: 3_000_000, roundTrips: 1 });
  });

  test("a reset on one side is a reset on the other", async () => {
    await at.open();
    at.serve = (socket) => socket.once("data", () => socket.resetAndDestroy());
    const client = await at.dial();
    client.write("x");
    expect(await outcome(client)).toBe("ECONNRESET");
  });

  test("a receiver that does not read stops the sender: nothing is hoarded", async () => {
    await at.open();
    at.serve = (socket) => socket.pause();
    const client = await at.dial();
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
    await at.open({ target: { path } });
    const client = await at.dial();
    expect(await ask(client, "hello")).toBe("hello");
    client.destroy();
    await new Promise((closed) => local.close(closed));
  });

  test("a target that refuses shows as a reset, since the proxy has accepted already", async () => {
    await at.open({ target: { host: "127.0.0.1", port: 1 } });
    expect(await outcome(await at.dial())).toBe("ECONNRESET");
  });
});

describe("delay", () => {
  test("rtt costs a round trip for the handshake and one for each exchange, within 2 ms", async () => {
    await at.open({ rtt: 50 });
    const client = await at.dial();
    const first = await timed(() => ask(client, "a"));
    const later: number[] = [];
    for (let round = 0; round < 5; round += 1) later.push((await timed(() => ask(client, "b"))).ms);
    expect(first.ms).toBeGreaterThanOrEqual(99);
    expect(first.ms).toBeLessThan(110);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(49.9);
    expect(Math.min(...later)).toBeLessThan(52);
  });

  test("one way only, and changed while the connection lives", async () => {
    await at.open();
    const client = await at.dial();
    await ask(client, "warm");
    at.proxy.delay(80, "toClient");
    const slow = await timed(() => ask(client, "a"));
    at.proxy.heal();
    const quick = await timed(() => ask(client, "b"));
    expect(slow.ms).toBeGreaterThanOrEqual(80);
    expect(slow.ms).toBeLessThan(95);
    expect(quick.ms).toBeLessThan(20);
  });

  test("does not reduce throughput: 64 MiB over a 50 ms round trip take the time of 64 MiB and a few round trips", async () => {
    await at.open();
    const direct = await pour();
    at.proxy.rtt(50);
    const delayed = await pour();
    expect(delayed.ms).toBeLessThan(direct.ms * 1.5 + 250);
  });
});

test("throttle: bytes a second, one way", async () => {
  await at.open();
  const client = await at.dial();
  await ask(client, "warm");
  at.proxy.throttle(100_000, "toTarget");
  const { ms } = await timed(() => ask(client, "x".repeat(100_000)));
  expect(ms).toBeGreaterThan(850);
  expect(ms).toBeLessThan(1150);
});

test("stall keeps both sockets open and passes nothing, new connections included; flow gives everything that was held", async () => {
  await at.open();
  const client = await at.dial();
  await ask(client, "warm");
  at.proxy.stall();
  const newcomer = await at.dial();
  client.write("held");
  newcomer.write("held too");
  const heard = [nextBytes(client), nextBytes(newcomer)];
  expect(await Promise.race([...heard, sleep(500, "silence")])).toBe("silence");
  expect([client, newcomer].map((socket) => socket.readyState)).toEqual(["open", "open"]);
  expect(at.served.map((socket) => socket.readyState)).toEqual(["open"]);
  at.proxy.flow();
  expect((await Promise.all(heard)).map(String)).toEqual(["held", "held too"]);
});

test("reset, refuse, and accept on the same port again", async () => {
  await at.open();
  const client = await at.dial();
  await ask(client, "warm");
  await at.proxy.refuse();
  await expect(at.dial()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await ask(client, "lives on")).toBe("lives on");
  at.proxy.reset();
  expect(await outcome(client)).toBe("ECONNRESET");
  await at.proxy.accept();
  expect(await ask(await at.dial(), "back")).toBe("back");
});

test("round trips count the waits, not the changes of direction", async () => {
  await at.open({ rtt: 10 });
  at.serve = (socket) => {
    socket.write("banner");
    socket.on("data", (bytes) => socket.write(bytes));
  };
  const client = await at.dial();
  client.write("hello, without waiting for the banner.");
  let heard = "";
  while (!heard.endsWith("banner.")) heard += String(await nextBytes(client));
  expect(at.proxy.traffic.roundTrips).toBe(1);
  for (const question of ["a", "b", "c"]) await ask(client, question);
  expect(at.proxy.traffic.roundTrips).toBe(4);
});

/** 64 MiB to a target that says one byte when it has them all. */
async function pour(): Promise<{ ms: number }> {
  const size = 64 * 1024 * 1024;
  at.serve = (socket) => {
    let received = 0;
    socket.on("data", (bytes) => {
      received += bytes.length;
      if (received === size) socket.write("!");
    });
  };
  const client = await at.dial();
  return timed(() => {
    client.write(Buffer.alloc(size));
    return nextBytes(client);
  });
}
