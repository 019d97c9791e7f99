import { InputError } from "@evenkeel/core";
import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { exitStatus, reportError } from "./report-error.ts";

const input = new InputError({
  code: "lab/no-such-lab",
  message: "there is no lab named x",
  hint: "evenkeel lab list",
});

test.each([
  { what: "help that was asked for", error: new CommanderError(0, "commander.help", ""), status: 0 },
  { what: "an unknown option", error: new CommanderError(1, "commander.unknownOption", ""), status: 2 },
  { what: "wrong input", error: input, status: 2 },
  { what: "anything else", error: new Error("broken"), status: 1 },
])("$what ends with $status", ({ error, status }) => {
  expect(exitStatus(error)).toBe(status);
});

test("an error is shown with its code and what to do next", () => {
  expect(reportError(input)).toBe("evenkeel: there is no lab named x  [lab/no-such-lab]\n  next  evenkeel lab list\n");
});

test("more lines follow the first as they are", () => {
  expect(reportError(new Error("first\nsecond"))).toBe("evenkeel: first\nsecond\n");
});
