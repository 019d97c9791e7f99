import { expect, test } from "vitest";
import { parseJobState } from "./job.ts";

test.each([
  ["absent", { kind: "absent" }],
  ["running\n", { kind: "running" }],
  ["done 0 ", { kind: "done", code: 0 }],
  ["done 3", { kind: "done", code: 3 }],
  ["done 128", { kind: "done", code: 128 }],
  ["done 255", { kind: "done", code: 255 }],
  ["done 137", { kind: "signalled", signal: "SIGKILL" }],
  ["done 143", { kind: "signalled", signal: "SIGTERM" }],
  ["done 139", { kind: "signalled", signal: "SIGSEGV" }],
  ["done 143 deadline", { kind: "signalled", signal: "SIGTERM", because: "deadline" }],
  ["done 137 cancelled", { kind: "signalled", signal: "SIGKILL", because: "cancelled" }],
  // It took the hint, and left with a code of its own.
  ["done 1 lost", { kind: "signalled", signal: "SIGTERM", because: "lost" }],
  ["unknown rebooted ", { kind: "unknown", because: "rebooted" }],
  ["unknown vanished deadline", { kind: "unknown", because: "vanished" }],
])("%j", (line, state) => {
  expect(parseJobState(line)).toEqual(state);
});
