import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { describeReport, startProbe } from "../src/probe/probe.ts";
import { startServer } from "./probe-server/start-server.ts";

const execute = promisify(execFile);

beforeAll(ensureWrk);

/**
 * Against a server that takes 20 ms for each answer, wrk's closed loop of 4 connections makes about 190 requests a second. Asked
 * for that very rate, the open loop must measure the same latency; if it does not, one of the two measures wrongly.
 */
test("at the same throughput the probe and wrk measure the same latency", async () => {
  await using server = await startServer();
  const { host, port } = server.target;
  const wrk = await runWrk(`http://${host}:${port}/20ms`);
  const classes = [{ kind: "keep-alive-get" as const, path: "/20ms" }];
  const probe = await startProbe({ target: server.target, rate: wrk.requestsPerSecond, seconds: 5, classes });
  const report = await probe.finished;
  const figures = `${describeReport(report)}\nwrk: ${JSON.stringify(wrk)}`;
  console.info(figures);

  expect(report.errors, figures).toBe(0);
  expect(Math.abs(report.rate.achieved / wrk.requestsPerSecond - 1), figures).toBeLessThan(0.02);
  const { p50 = 0, p90 = 0 } = report.classes["keep-alive-get"]?.latency ?? {};
  // The probe's timers add up to 1.2 ms between the scheduled time and the sending.
  expect(Math.abs(p50 - wrk.p50), figures).toBeLessThan(2.5);
  expect(Math.abs(p90 - wrk.p90), figures).toBeLessThan(5);
});

async function runWrk(url: string) {
  const { stdout } = await execute("wrk", ["--latency", "-t1", "-c4", "-d5s", url]);
  const number = (pattern: RegExp) => {
    const [, value = "", unit] = pattern.exec(stdout) ?? [];
    return Number(value) * (unit === "s" ? 1000 : unit === "us" ? 0.001 : 1);
  };
  return {
    requestsPerSecond: number(/Requests\/sec:\s+([\d.]+)/),
    p50: number(/50%\s+([\d.]+)(us|ms|s)/),
    p90: number(/90%\s+([\d.]+)(us|ms|s)/),
  };
}

async function ensureWrk(): Promise<void> {
  const hasWrk = () =>
    execute("wrk", ["-v"]).then(
      () => true,
      ({ code }) => code !== "ENOENT",
    );
  if (await hasWrk()) return;
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  await execute("apt-get", ["install", "--yes", "--no-install-recommends", "wrk"], options).catch((cause) => {
    throw new Error("this test needs wrk, and it could not be installed: sudo apt-get install wrk", { cause });
  });
}
