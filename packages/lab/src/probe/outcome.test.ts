import { expect, test } from "vitest";
import { Failure } from "./failure.ts";
import type { Outcome } from "./outcome.ts";
import { failedOutcome, judge } from "./outcome.ts";

const answer: Outcome = { status: 200, release: "r1", isReused: true, bytesReceived: 90, answeredAt: 1200 };
const expectation = { scheduledAt: 1000, lateAfter: 500 };

test.each<{ name: string; outcome: Outcome; releases?: (string[] | undefined)[]; error: string | undefined }>([
  { name: "a success", outcome: answer, error: undefined },
  { name: "101", outcome: { ...answer, status: 101 }, error: undefined },
  { name: "503, even though late", outcome: { ...answer, status: 503, answeredAt: 9000 }, error: "5xx" },
  { name: "a redirect", outcome: { ...answer, status: 302 }, error: "status" },
  { name: "404 of the wrong release", outcome: { ...answer, status: 404 }, releases: [["r2"]], error: "status" },
  { name: "one of the right releases", outcome: answer, releases: [["r0", "r1"]], error: undefined },
  { name: "the wrong release", outcome: answer, releases: [["r2"]], error: "wrong-release" },
  {
    name: "no release",
    outcome: { status: 200, isReused: true, bytesReceived: 9 },
    releases: [["r1"]],
    error: "wrong-release",
  },
  { name: "late by the schedule", outcome: { ...answer, answeredAt: 1501 }, error: "late" },
  {
    name: "a failure stays what it was",
    outcome: { ...answer, error: "truncated" },
    releases: [["r2"]],
    error: "truncated",
  },
])("$name → $error", ({ outcome, releases = [undefined], error }) => {
  expect(judge(outcome, { ...expectation, releases }).error).toBe(error);
});

test("only failures on the wire become outcomes; a mistake of ours goes on", () => {
  const failure = new Failure({ phase: "exchange", code: "END", isReused: true, bytesReceived: 0, localPort: 4711 });
  expect(failedOutcome(failure)).toMatchObject({ error: "rst-reused-before-first-byte", localPort: 4711 });
  expect(() => failedOutcome(new TypeError("a bug"))).toThrow(TypeError);
});
