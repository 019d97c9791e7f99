import type { Change, StepOutput } from "@evenkeel/core";
import { Type } from "typebox";

/** What a package manager said. */
export const commandReturns = Type.Object({
  rc: Type.Optional(Type.Integer()),
  stdout: Type.Optional(Type.String()),
  stdout_lines: Type.Optional(Type.Array(Type.String())),
  stderr: Type.Optional(Type.String()),
  stderr_lines: Type.Optional(Type.Array(Type.String())),
  results: Type.Optional(Type.Array(Type.String())),
});

export function commandResult({
  outputs,
  changes,
}: {
  readonly outputs: readonly StepOutput[];
  readonly changes: readonly Change[];
}) {
  if (outputs.length === 0) return {};
  const stdout = outputs.map((output) => output.stdout).join("");
  const stderr = outputs.map((output) => output.stderr).join("");
  const verb = (action: string) => (action === "remove" ? "Removed" : "Installed");
  return {
    ...{ rc: outputs.at(-1)?.code ?? 0, stdout, stderr, stdout_lines: linesOf(stdout), stderr_lines: linesOf(stderr) },
    results: changes.map(({ action, key }) => `${verb(action)}: ${key}`),
  };
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
