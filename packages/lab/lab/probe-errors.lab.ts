import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ErrorClass, ProbeOptions, ProbeReport, TrafficClass } from "../src/probe/probe.ts";
import { describeReport, startProbe } from "../src/probe/probe.ts";
import type { Server } from "./probe-server/start-server.ts";
import { startServer } from "./probe-server/start-server.ts";

let server: Server;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server[Symbol.asyncDispose]());

describe.concurrent("each way to fail is seen as what it is", () => {
  test.each<{ kind: TrafficClass["kind"]; path: string; error: ErrorClass; options?: Partial<ProbeOptions> }>([
    { kind: "new-connection", path: "/reset-unanswered", error: "rst-new" },
    { kind: "new-connection", path: "/closed-unanswered", error: "rst-new" },
    { kind: "new-connection", path: "/truncated", error: "truncated" },
    { kind: "new-connection", path: "/truncated-chunks", error: "truncated" },
    { kind: "new-connection", path: "/500", error: "5xx" },
    { kind: "new-connection", path: "/404", error: "status" },
    { kind: "new-connection", path: "/no-http", error: "protocol" },
    { kind: "new-connection", path: "/never", error: "no-answer", options: { answerTimeout: 300 } },
    { kind: "new-connection", path: "/late", error: "late", options: { lateAfter: 200 } },
    { kind: "new-connection", path: "/", error: "wrong-release", options: { expectRelease: ["r2", "r3"] } },
    { kind: "keep-alive-get", path: "/truncated", error: "truncated" },
    { kind: "keep-alive-post", path: "/500", error: "5xx" },
    { kind: "tls", path: "/truncated", error: "truncated" },
    { kind: "http2", path: "/500", error: "5xx" },
    { kind: "http2", path: "/late", error: "late", options: { lateAfter: 200 } },
    { kind: "http2", path: "/refused-stream", error: "refused-stream" },
    { kind: "http2", path: "/", error: "wrong-release", options: { expectRelease: "r2" } },
  ])("$kind $path: $error", async ({ kind, path, error, options = {} }) => {
    const report = await probe({ classes: [{ kind, path }], ...options });
    expect(report.sent).toBeGreaterThanOrEqual(20);
    expectErrors(report, { [error]: report.sent });
  });

  test("refused: nobody listens", async () => {
    const report = await probe({ target: { ...server.target, port: 1 }, classes: ["new-connection"] });
    expectErrors(report, { refused: 20 });
  });

  test("connect-timeout: the server's queue is full and it accepts nothing", async () => {
    await using deaf = await startServer({ backlog: 1 });
    deaf.child.kill("SIGSTOP");
    const options = { target: deaf.target, connectTimeout: 300, answerTimeout: 600 };
    const report = await probe({ ...options, classes: ["new-connection"] });
    const { "connect-timeout": timeouts, "no-answer": accepted } = report.classes["new-connection"]?.errors ?? {};
    // The kernel takes one more than the queue is long.
    expect(accepted?.count).toBe(2);
    expect(timeouts?.count).toBe(18);
  });

  test.each([
    { name: "an authority nobody trusts", target: { ca: undefined } },
    { name: "a certificate for another name", target: { serverName: "www.elsewhere.com" } },
    { name: "a port that does not speak TLS", target: { tlsPort: "port" as const } },
  ])("tls: $name", async ({ target }) => {
    const { ca, ...rest } = server.target;
    const changed = {
      ...rest,
      ...("ca" in target ? {} : { ca }),
      ...("serverName" in target && { serverName: target.serverName }),
      ...("tlsPort" in target && { tlsPort: rest.port }),
    };
    const report = await probe({ target: changed, classes: ["tls"] });
    expectErrors(report, { tls: 20 });
  });

  test("overload: what may not be sent is counted all the same", async () => {
    const options = { maxInFlight: 5, answerTimeout: 3000 };
    const report = await probe({ classes: [{ kind: "new-connection", path: "/never" }], ...options });
    expectErrors(report, { overload: 15, "no-answer": 5 });
    expect(report.rate.achieved).toBeLessThan(6);
  });
});

describe("kept connections", () => {
  test.each(["/reset-when-reused", "/closed-when-reused"])("%s: a POST fails, and nobody repeats it", async (path) => {
    const report = await probe({ classes: [{ kind: "keep-alive-post", path, connections: 2 }] });
    // Two connections are opened; then, in turn, one is used again and lost, and one is opened in its place.
    expectErrors(report, { "rst-reused-before-first-byte": 9 });
    const [sample] = report.classes["keep-alive-post"]?.errors["rst-reused-before-first-byte"]?.samples ?? [];
    expect(sample).toMatchObject({ isReused: true, bytesReceived: 0, localPort: expect.any(Number) });
    expect([report.posts.acknowledged.length, report.posts.unknown.length]).toEqual([11, 9]);
  });

  test.each(["/reset-when-reused", "/closed-when-reused"])(
    "%s: a GET is repeated once, and that is told",
    async (path) => {
      const report = await probe({ classes: [{ kind: "keep-alive-get", path, connections: 4 }] });
      expectErrors(report, {});
      const { retried, connections } = report.classes["keep-alive-get"] ?? {};
      expect(retried).toEqual({ "rst-reused-before-first-byte": expect.any(Number) });
      expect(connections?.opened).toBe(4 + (retried?.["rst-reused-before-first-byte"] ?? 0));
    },
  );

  test("a stream that the server refuses is repeated on a connection of its own, and that is told", async () => {
    const report = await probe({ classes: [{ kind: "http2", path: "/refused-stream-at-times" }] });
    expectErrors(report, {});
    expect(report.classes.http2?.retried).toEqual({ "refused-stream": 20 });
  });

  test("closed at rest: no request is lost, and the closing is counted", async () => {
    const report = await probe({ classes: [{ kind: "keep-alive-get", path: "/closes-idle", connections: 2 }] });
    expectErrors(report, {});
    expect(report.classes["keep-alive-get"]?.connections.closedWhileIdle).toBeGreaterThan(10);
  });

  test("what a server stored can be held against what was acknowledged", async () => {
    const kept = await probe({ classes: [{ kind: "keep-alive-post", path: "/store" }] });
    const lost = await probe({ classes: [{ kind: "keep-alive-post", path: "/store-and-lose" }] });
    expect(kept.posts.unknown).toEqual([]);
    expect(lost.posts.acknowledged).toEqual([]);
    const { stored } = await server.tell({});
    expect(stored.toSorted()).toEqual([...kept.posts.acknowledged, ...lost.posts.unknown].toSorted());
  });
});

describe.concurrent("long-lived connections", () => {
  test.each([
    { kind: "websocket", path: "/websocket-cut", detail: "closed: 1001 going away" },
    { kind: "websocket", path: "/websocket-reset", detail: "closed: 1006" },
    { kind: "event-stream", path: "/events-cut", detail: "" },
  ] as const)("$path: the end is noticed, and another is opened", async ({ kind, path, detail }) => {
    const report = await probe({ classes: [{ kind, path, connections: 1 }] });
    const truncated = report.classes[kind]?.errors.truncated;
    expectErrors(report, { truncated: truncated?.count ?? 0 });
    expect(truncated?.count).toBeGreaterThanOrEqual(1);
    expect(truncated?.samples[0]?.detail).toContain(detail);
    expect(report.classes[kind]?.connections.opened).toBeGreaterThan(1);
  });

  test.each([
    { kind: "event-stream", path: "/404", error: "status" },
    { kind: "event-stream", path: "/500", error: "5xx" },
    { kind: "event-stream", path: "/never", error: "no-answer" },
  ] as const)("$kind $path: $error", async ({ kind, path, error }) => {
    const report = await probe({ answerTimeout: 400, classes: [{ kind, path, connections: 1 }] });
    expectErrors(report, { [error]: report.sent });
  });

  test("a WebSocket that is open but silent: its pings are not answered", async () => {
    const report = await probe({ answerTimeout: 400, classes: [{ kind: "websocket", path: "/websocket-silent" }] });
    expectErrors(report, { "no-answer": 8 });
    expect(report.sent).toBe(16);
  });

  test("a WebSocket that is refused: its pings fail as it did", async () => {
    const report = await probe({ target: { ...server.target, port: 1 }, classes: ["websocket"] });
    expectErrors(report, { refused: report.sent });
  });

  test("a slow download is slow, and a cut in its middle is seen", async () => {
    const classes = [
      { name: "whole", kind: "slow-download" as const, path: "/big", seconds: 2, rate: 2 },
      { name: "cut", kind: "slow-download" as const, path: "/big-cut", seconds: 2, rate: 2 },
    ];
    const from = performance.now();
    const report = await probe({ classes });
    expect(performance.now() - from).toBeGreaterThan(2000);
    expect(report.classes.whole).toMatchObject({ sent: 2, ok: 2 });
    expect(report.classes.cut).toMatchObject({ sent: 2, errors: { truncated: { count: 2 } } });
    expect(report.classes.cut?.errors.truncated?.samples[0]?.bytesReceived).toBeGreaterThan(1024 * 1024);
  });

  test("a slow upload is slow, and answered in full", async () => {
    const from = performance.now();
    const report = await probe({ classes: [{ kind: "slow-upload", path: "/upload", seconds: 2, rate: 2 }] });
    expect(performance.now() - from).toBeGreaterThan(2000);
    expectErrors(report, {});
    expect(report.sent).toBe(2);
  });
});

test("a new release may be demanded from a moment on, and both are seen with their times", async () => {
  await using other = await startServer();
  const options = { target: other.target, rate: 50, classes: ["new-connection" as const] };
  const running = await startProbe({ ...options, expectRelease: "r1" });
  await new Promise((passed) => setTimeout(passed, 500));
  await running.expectRelease(["r1", "r2"]);
  await other.tell({ release: "r2" });
  await running.expectRelease("r2");
  await new Promise((passed) => setTimeout(passed, 500));
  await other.tell({ release: "r1" });
  await new Promise((passed) => setTimeout(passed, 300));
  const report = await running.stop();
  const [first, second] = report.releases;
  expect(report.releases.map(({ value }) => value)).toEqual(["r1", "r2"]);
  expect(second?.first).toBeGreaterThan(450);
  expect(first?.last).toBeGreaterThan(second?.last ?? 0);
  const wrong = report.classes["new-connection"]?.errors["wrong-release"];
  expectErrors(report, { "wrong-release": wrong?.count ?? 0 });
  expect(wrong?.count).toBeGreaterThan(10);
  expect(wrong?.first).toBeGreaterThan(950);
});

test("all classes at once against a server that does nothing wrong: no error, and the rate is kept", async () => {
  const report = await probe({
    rate: 150,
    seconds: 3,
    expectRelease: "r1",
    classes: [
      ...(["new-connection", "tls", "keep-alive-get", "http2"] as const),
      { kind: "keep-alive-post", path: "/store" },
      { name: "pings", kind: "websocket" },
      { name: "echoes", kind: "websocket", isEcho: true, tls: false, rate: 20 },
      { kind: "event-stream", path: "/events" },
      { kind: "slow-download", path: "/big", seconds: 1 },
      { kind: "slow-upload", path: "/upload", seconds: 1 },
    ],
  });
  expectErrors(report, {});
  expect(report.rate.achieved / report.rate.asked).toBeGreaterThan(0.98);
  expect(report.configGenerations.map(({ value }) => value)).toEqual(["g7"]);
  expect(report.certificates).toHaveLength(1);
});

test("wrong options are refused before anything is sent", async () => {
  await expect(startProbe({ target: server.target, rate: 0, classes: ["tls"] })).rejects.toThrow(
    "tls: rate must be more than 0",
  );
});

async function probe(options: Partial<ProbeOptions> & Pick<ProbeOptions, "classes">): Promise<ProbeReport> {
  const started = await startProbe({ target: server.target, rate: 20, seconds: 1, ...options });
  return started.finished;
}

function expectErrors(report: ProbeReport, errors: Partial<Record<ErrorClass, number>>): void {
  const counted: Partial<Record<ErrorClass, number>> = {};
  for (const one of Object.values(report.classes)) {
    for (const [error, { count }] of Object.entries(one.errors) as [ErrorClass, { count: number }][]) {
      counted[error] = (counted[error] ?? 0) + count;
    }
  }
  expect(counted, describeReport(report)).toEqual(errors);
  expect(report.sent).toBe(report.ok + report.errors);
}
