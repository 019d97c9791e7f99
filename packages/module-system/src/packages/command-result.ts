import type { Change, StepOutput } from "@evenkeel/core";
import { Type } from "typebox";
import { wholeLines } from "../files/text/whole-lines.ts";

/** What a package manager said. */
export const commandReturns = Type.Object({
  rc: Type.Optional(Type.Integer({ description: "the status with which it ended" })),
  stdout: Type.Optional(Type.String({ description: "what it printed" })),
  stdout_lines: Type.Optional(Type.Array(Type.String(), { description: "the same, in lines" })),
  stderr: Type.Optional(Type.String({ description: "what it complained about" })),
  stderr_lines: Type.Optional(Type.Array(Type.String(), { description: "the same, in lines" })),
});

/** dnf's says what was done, too. */
export const dnfReturns = Type.Object({
  ...commandReturns.properties,
  results: Type.Optional(Type.Array(Type.String(), { description: "what was done, package by package" })),
});

interface Managed {
  readonly outputs: readonly StepOutput[];
  readonly changes: readonly Change[];
}

export function dnfResult(made: Managed) {
  if (made.outputs.length === 0) return {};
  const verb = (action: string) => (action === "remove" ? "Removed" : "Installed");
  return { ...commandResult(made), results: made.changes.map(({ action, key }) => `${verb(action)}: ${key}`) };
}

export function commandResult({ outputs }: Pick<Managed, "outputs">) {
  if (outputs.length === 0) return {};
  const stdout = outputs.map((output) => output.stdout).join("");
  const stderr = outputs.map((output) => output.stderr).join("");
  return {
    ...{
      rc: outputs.at(-1)?.code ?? 0,
      stdout,
      stderr,
      stdout_lines: wholeLines(stdout),
      stderr_lines: wholeLines(stderr),
    },
  };
}
