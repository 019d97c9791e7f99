import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Proxied, setPatientStage, wired } from "./faults/proxied.ts";
import { isProving } from "./is-proving.ts";
import type { Stage } from "./stage.ts";

/** What a wire of 40 ms makes plain: how often we wait for it. */
let stage: Stage;
beforeAll(async () => {
  stage = await setPatientStage("far");
});
afterEach(() => stage.closeAll());
afterAll(() => stage?.[Symbol.asyncDispose]());

const behind = (rtt: number) => Proxied.before(stage, stage.host("far"), { rtt });

async function sshTrue(): Promise<number> {
  await using proxied = await behind(40);
  const { host, port } = proxied.proxy;
  const options = stage.lab.sshArguments();
  const [code] = await once(
    spawn("ssh", [...options, "-p", `${port}`, `root@${host}`, "true"], { stdio: "inherit" }),
    "exit",
  );
  expect(code).toBe(0);
  return proxied.proxy.traffic.roundTrips;
}

describe.each(wired)("%s", (transport) => {
  test("a connection and its first exchange take at most two round trips more than `ssh host true`", async () => {
    const theirs = await sshTrue();
    await using proxied = await behind(40);
    const connection = proxied.connect(transport);
    const [answer] = await connection.exchange([{ script: "echo hi" }]);
    expect(`${answer?.stdout}`).toBe("hi\n");
    const { roundTrips } = proxied.proxy.traffic;
    console.log(`round trips: ${transport} with an exchange ${roundTrips}, \`ssh host true\` ${theirs}`);
    expect(roundTrips).toBeLessThanOrEqual(theirs + 2);
  });

  test("an exchange of any number of reads takes one", async () => {
    await using proxied = await behind(40);
    const connection = proxied.connect(transport);
    await connection.ready();
    const { roundTrips } = proxied.proxy.traffic;
    await connection.exchange(Array.from({ length: 300 }, (_, number) => ({ script: `echo ${number}` })));
    expect(proxied.proxy.traffic.roundTrips - roundTrips).toBe(1);
  });

  test("a file takes one, and a tree with nothing to do, too", { timeout: 60_000 }, async () => {
    const from = mkdtempSync(join(tmpdir(), "evk-far-"));
    const count = isProving || transport === "ssh2" ? 10_000 : 1000;
    for (let at = 0; at < count; at++) {
      if (at < 100) mkdirSync(join(from, `${at}`));
      writeFileSync(join(from, `${at % 100}`, `${at}`), `${at}`);
    }
    await using proxied = await behind(0);
    const connection = proxied.connect(transport);
    await connection.putTree({ from, path: "/srv/tree" });
    proxied.proxy.rtt(40);
    const { roundTrips } = proxied.proxy.traffic;
    const start = performance.now();
    expect((await connection.putTree({ from, path: "/srv/tree" })).sent).toEqual([]);
    const took = performance.now() - start;
    expect(proxied.proxy.traffic.roundTrips - roundTrips).toBe(1);
    await connection.put({ path: "/srv/file", content: "x".repeat(10_000) });
    console.log(`${transport}: a tree of ${count} files with nothing to do took ${Math.round(took)} ms`);
    expect(proxied.proxy.traffic.roundTrips - roundTrips).toBe(2);
    rmSync(from, { recursive: true });
  });
});
