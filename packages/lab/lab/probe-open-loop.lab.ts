import { fork } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { describeReport, startProbe } from "../src/probe/probe.ts";
import { startServer } from "./probe-server/start-server.ts";

test("a server that stands still for 2 s: the open loop shows it where a closed loop does not", async () => {
  await using server = await startServer();
  const classes = ["new-connection" as const, "keep-alive-get" as const];
  const probe = await startProbe({ target: server.target, rate: 100, classes });
  const closedLoop = askInTurn(server.target.port, 6000);
  await sleep(2000);
  server.child.kill("SIGSTOP");
  await sleep(2000);
  server.child.kill("SIGCONT");
  await sleep(2000);
  const [report, turns] = [await probe.stop(), await closedLoop];

  // The closed loop asked one request during the stop: hardly a hundredth of its requests, so its p99 looks well.
  expect(percentile(turns, 0.99)).toBeLessThan(100);
  // The open loop asked 200 meanwhile, of which those of the first second were later than a second.
  for (const [name, { errors, latency }] of Object.entries(report.classes)) {
    expect(latency.p90, `${name}\n${describeReport(report)}`).toBeGreaterThan(1000);
    expect(latency.max).toBeGreaterThan(1900);
    expect(latency.max).toBeLessThan(2500);
    expect(Object.keys(errors)).toEqual(["late"]);
    expect(errors.late?.count).toBeGreaterThanOrEqual(45);
    expect(errors.late?.count).toBeLessThanOrEqual(65);
    expect(errors.late?.first).toBeGreaterThan(3900);
  }
  expect(report.sent).toBe(report.ok + report.errors);
  expect(report.rate.achieved).toBeGreaterThan(98);
  expect(report.isDisturbed, describeReport(report)).toBe(false);
});

test("what the caller does meanwhile does not disturb the probe", async () => {
  await using server = await startServer();
  const probe = await startProbe({ target: server.target, rate: 100, seconds: 3, classes: ["new-connection"] });
  await sleep(500);
  const until = performance.now() + 1500;
  while (performance.now() < until);
  const report = await probe.finished;
  expect(report.errors, describeReport(report)).toBe(0);
  expect(report.classes["new-connection"]?.latency.max).toBeLessThan(500);
});

test("a probe that stands still itself says so", async () => {
  await using server = await startServer();
  // A thread cannot be stopped alone, so it runs in a process of its own.
  const child = fork(new URL("./probe-server/probe-on-its-own.ts", import.meta.url), [String(server.target.port)]);
  await once(child, "message");
  await sleep(700);
  child.kill("SIGSTOP");
  await sleep(400);
  child.kill("SIGCONT");
  const [{ isDisturbed, lag }] = await once(child, "message");
  expect(isDisturbed).toBe(true);
  expect(lag.max).toBeGreaterThan(350);
  expect(lag.max).toBeLessThan(800);
});

/** One request after another, as ab, wrk and hey do; tells how long each took. */
async function askInTurn(port: number, forMs: number): Promise<number[]> {
  const took: number[] = [];
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    const from = performance.now();
    await new Promise<void>((answered, failed) => {
      get({ host: "127.0.0.1", port }, (response) => response.resume().on("end", answered)).on("error", failed);
    });
    took.push(performance.now() - from);
    await sleep(5);
  }
  return took;
}

function percentile(values: number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? 0;
}
