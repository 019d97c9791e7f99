import { expect, test } from "vitest";
import { Tally } from "./tally.ts";

const well = { isReused: false, bytesReceived: 10 };

test("counts, keeps a few errors in full, and measures what was answered", () => {
  const tally = new Tally("tls", 2);
  for (let ms = 1; ms <= 100; ms += 1) {
    tally.sent += 1;
    tally.record(well, { scheduledAt: 0, now: ms, answeredAt: ms });
  }
  for (let at = 1; at <= 3; at += 1) {
    tally.sent += 1;
    const failed = { ...well, error: "truncated" as const, detail: "cut", localPort: at };
    tally.record(failed, { scheduledAt: at, now: at + 5, answeredAt: undefined });
  }
  const { sent, ok, errors, latency } = tally.report();
  expect({ sent, ok }).toEqual({ sent: 103, ok: 100 });
  expect(errors.truncated).toMatchObject({ count: 3, first: 6, last: 8 });
  expect(errors.truncated?.samples).toEqual([
    { scheduledAt: 1, failedAt: 6, detail: "cut", isReused: false, bytesReceived: 10, localPort: 1 },
    { scheduledAt: 2, failedAt: 7, detail: "cut", isReused: false, bytesReceived: 10, localPort: 2 },
  ]);
  expect(latency.count).toBe(100);
  for (const [key, ms] of [
    ["p50", 50],
    ["p90", 90],
    ["p99", 99],
    ["max", 100],
  ] as const) {
    expect(Math.abs(latency[key] - ms), key).toBeLessThan(0.2);
  }
});

test("retries are told apart from errors", () => {
  const tally = new Tally("keep-alive-get", 1);
  tally.sent = 1;
  tally.record({ ...well, retriedAfter: "rst-reused-before-first-byte" }, { scheduledAt: 0, now: 1, answeredAt: 1 });
  expect(tally.report()).toMatchObject({ ok: 1, errors: {}, retried: { "rst-reused-before-first-byte": 1 } });
});

test("a request without an outcome is not passed over", () => {
  const tally = new Tally("tls", 1);
  tally.sent = 2;
  tally.record(well, { scheduledAt: 0, now: 1, answeredAt: 1 });
  expect(() => tally.report()).toThrow("sent 2, but 1 ok and 0 failed");
});
