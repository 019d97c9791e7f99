import { expect, test } from "vitest";
import { describeReport } from "./describe-report.ts";
import type { ProbeReport } from "./probe-report.ts";

test("reads like a sentence about each class", () => {
  expect(describeReport(report)).toBe(
    [
      "sent 12 in 2 s (5.9 of 6 requests a second asked): 9 ok, 3 failed",
      "  keep-alive-get: 7 of 10 ok; ms p50 1.2  p90 2  p99 30  max 40; retried 2 × rst-reused-before-first-byte",
      "    refused × 3 from 0.5 s to 0.7 s, such as: connect ECONNREFUSED 127.0.0.1:80 (0 bytes received)",
      "  event-stream: 2 of 2 ok",
      "disturbed: the probe itself was up to 140.3 ms late",
    ].join("\n"),
  );
});

const connections = { opened: 8, closedWhileIdle: 0 };
const sample = { scheduledAt: 500, failedAt: 500.2, isReused: false, bytesReceived: 0 };
const refused = {
  count: 3,
  first: 500.2,
  last: 700.2,
  samples: [{ ...sample, detail: "connect ECONNREFUSED 127.0.0.1:80" }],
};
const silent = { count: 0, p50: 0, p90: 0, p99: 0, max: 0 };

const report: ProbeReport = {
  startedAt: "2026-01-01T00:00:00.000Z",
  ...{ seconds: 2, sent: 12, ok: 9, errors: 3, isDisturbed: true },
  rate: { asked: 6, achieved: 5.94 },
  lag: { p99: 3, max: 140.3 },
  classes: {
    "keep-alive-get": {
      ...{ kind: "keep-alive-get", sent: 10, ok: 7, connections },
      errors: { refused },
      retried: { "rst-reused-before-first-byte": 2 },
      latency: { count: 7, p50: 1.2, p90: 2.04, p99: 30, max: 40 },
    },
    "event-stream": { kind: "event-stream", sent: 2, ok: 2, connections, errors: {}, retried: {}, latency: silent },
  },
  ...{ releases: [], configGenerations: [], bodies: [], certificates: [] },
  posts: { acknowledged: [], unknown: [] },
};
