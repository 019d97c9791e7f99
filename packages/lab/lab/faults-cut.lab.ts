import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ask, outcome, ProxiedServer } from "./proxied-server.ts";

let at: ProxiedServer;

beforeEach(() => {
  at = new ProxiedServer();
});

afterEach(() => at.close());

describe("cutAfter", () => {
  test.each([
    { bytes: 1, how: "reset" },
    { bytes: 1000, how: "reset" },
    { bytes: 3_333_333, how: "reset" },
    { bytes: 1, how: "fin" },
    { bytes: 3_333_333, how: "fin" },
  ] as const)("the client gets exactly $bytes bytes and then a $how", async ({ bytes, how }) => {
    await at.open();
    at.serve = (socket) => socket.write(Buffer.alloc(8_000_000));
    at.proxy.cutAfter(bytes, { how, direction: "toClient" });
    const client = await at.dial();
    let received = 0;
    client.on("data", (chunk) => (received += chunk.length));
    // A client that is busy now and then: what the kernel holds for it must not be lost to the reset.
    const pauses = setInterval(() => client[client.isPaused() ? "resume" : "pause"](), 20);
    expect(await outcome(client)).toBe(how === "reset" ? "ECONNRESET" : "end");
    clearInterval(pauses);
    expect(received).toBe(bytes);
  });

  test("the target gets exactly that many, too, and both directions can be counted together", async () => {
    await at.open();
    let received = 0;
    at.serve = (socket) => {
      socket.on("data", (chunk) => {
        received += chunk.length;
        socket.write("!");
      });
    };
    at.proxy.cutAfter(11);
    const client = await at.dial();
    await ask(client, "1");
    client.write("123456789 and more");
    expect(await outcome(client)).toBe("ECONNRESET");
    expect(received).toBe(10);
  });

  test("of one connection only", async () => {
    await at.open({ onConnection: (connection) => connection.id === 2 && connection.cutAfter(3) });
    const [first, second] = [await at.dial(), await at.dial()];
    expect(await ask(first, "whole")).toBe("whole");
    second.write("whole");
    expect(await outcome(second)).toBe("ECONNRESET");
    expect(await ask(first, "still whole")).toBe("still whole");
  });
});
