import { stripVTControlCharacters } from "node:util";
import { StepError } from "@evenkeel/core";
import type { RunEvent } from "@evenkeel/runner";
import { expect, test } from "vitest";
import { printEvents } from "./print-events.ts";

const at = { host: "web", task: "Look", place: { file: "site.yml" }, module: "command", isSilent: false } as const;

function printed(...events: readonly object[]): string {
  let text = "";
  const print = printEvents({ kinds: new Map(), verbosity: 0, showsDiffs: true, write: (more) => (text += more) });
  for (const event of events) print(event as RunEvent);
  return stripVTControlCharacters(text);
}

const failed = (result: object, more: object = {}) => ({
  ...{ type: "task", outcome: "failed", result: { changed: false, failed: true, ...result } },
  ...{ ...at, ...more },
});

test.each([
  {
    name: "a command",
    event: failed({ cmd: ["ls", "/x"], rc: 2, msg: "non-zero return code", stderr: "no such file\n", stdout: "" }),
    text: "web  failed   Look\n    non-zero return code\n    command  ls /x  (exit 2)\n    no such file\n",
  },
  {
    name: "an assertion",
    event: failed({ msg: "Assertion failed", assertion: "a == b", evaluated_to: false }),
    text: "web  failed   Look\n    Assertion failed\n    asserted  a == b\n",
  },
  {
    name: "items of a loop",
    event: failed({ msg: "One or more items failed", results: [{ failed: false }, { failed: true, msg: "no way" }] }),
    text: "web  failed   Look\n    no way\n",
  },
  {
    name: "a task without a log",
    event: failed({ censored: "no_log is set for this task" }, { isSilent: true }),
    text: "web  failed   Look\n    no_log is set for this task\n",
  },
])("why it failed is told: $name", ({ event, text }) => expect(printed(event)).toBe(text));

test("once, where there was an error", () => {
  const error = new StepError({ code: "x/y", message: "the host said no" });
  const text = printed({ type: "failed", ...at, error }, failed({ msg: "the host said no" }));
  expect(text.match(/the host said no/g)).toHaveLength(1);
});
