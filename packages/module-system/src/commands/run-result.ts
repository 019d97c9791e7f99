import type { StepOutput } from "@evenkeel/core";
import { Type } from "typebox";
import { outputLines } from "./output-lines.ts";
import type { WhetherAnswers } from "./whether.ts";
import { lacksFolder, whyNot } from "./whether.ts";

export const outputReturns = {
  rc: Type.Union([Type.Integer(), Type.Null()], { description: "the command's exit status" }),
  stdout: Type.String({ description: "what it printed" }),
  stdout_lines: Type.Array(Type.String(), { description: "the same, in lines" }),
  stderr: Type.String({ description: "what it printed as errors" }),
  stderr_lines: Type.Array(Type.String(), { description: "the same, in lines" }),
  msg: Type.Optional(Type.String({ description: "why it failed, or was not run" })),
};

export const runReturns = Type.Object({
  ...outputReturns,
  cmd: Type.Unsafe<string | readonly string[]>({ description: "what was run: words, or a shell's line" }),
  start: Type.Union([Type.String(), Type.Null()], { description: "when it began" }),
  end: Type.Union([Type.String(), Type.Null()], { description: "when it ended" }),
  delta: Type.Union([Type.String(), Type.Null()], { description: "how long it took" }),
});

export type Result = Readonly<Record<string, unknown>>;

/** Ansible's fields of a command that was run. What the host could not even start has the number of its error. */
export function runResult(
  cmd: string | readonly string[],
  output: StepOutput | undefined,
  isStripped: boolean,
): Result {
  if (output === undefined) return { cmd };
  const missing = typeof cmd === "string" ? undefined : notStarted(cmd, output);
  if (missing) return { changed: false, failed: true, ...missing, ...streams("", "") };
  const strip = (text: string) => (isStripped ? text.replace(/[\r\n]+$/, "") : text);
  return {
    changed: true,
    cmd,
    ...times(output),
    ...streams(strip(output.stdout), strip(output.stderr)),
    ...status(output),
  };
}

/** A command that need not run, or, where its folder is not there, cannot. */
export function notRun(cmd: string | readonly string[], answers: WhetherAnswers, params: object): Result {
  const never = { changed: false, cmd, start: null, end: null, delta: null };
  if (lacksFolder(answers)) {
    return {
      ...never,
      failed: true,
      rc: null,
      msg: "Unable to change directory before execution.",
      ...streams("", ""),
    };
  }
  const { stdout = "", msg = "" } = whyNot(answers, params) ?? {};
  return { ...never, rc: 0, msg, ...streams(stdout, "") };
}

/** What `raw` and `script` tell: only what was printed, and how it ended. */
export function shortResult({ before, changes, outputs: [output] }: Ran, params: object): Result {
  if (changes.length === 0) return { skipped: true, msg: whyNot(before, params)?.msg };
  return output ? { changed: true, ...streams(output.stdout, output.stderr), ...status(output) } : {};
}

interface Ran {
  readonly before: WhetherAnswers;
  readonly changes: readonly unknown[];
  readonly outputs: readonly StepOutput[];
}

function status({ code = 0 }: StepOutput): Result {
  return { rc: code, ...(code === 0 ? { msg: "" } : { msg: "non-zero return code", failed: true }) };
}

export function streams(stdout: string, stderr: string): Result {
  return { stdout, stdout_lines: outputLines(stdout), stderr, stderr_lines: outputLines(stderr) };
}

/** What a shell says when it cannot start a program, and what Python would have: ENOENT or EACCES. */
function notStarted(words: readonly string[], { code, stdout, stderr }: StepOutput): Result | undefined {
  const [program = ""] = words;
  const said = stderr.trim();
  if ((code !== 126 && code !== 127) || stdout !== "" || said.includes("\n") || !said.includes(program))
    return undefined;
  return code === 127
    ? { cmd: words.join(" "), rc: 2, msg: `Error executing command: the host has no program ${program}` }
    : { cmd: words.join(" "), rc: 13, msg: `Error executing command: ${program} cannot be executed` };
}

function times({ startedAt, endedAt }: StepOutput): Result {
  const [start, end] = [startedAt, endedAt].map((time) => time.replace("T", " ").replace("Z", "000"));
  return { start, end, delta: duration(Date.parse(endedAt) - Date.parse(startedAt)) };
}

/** `0:00:01.500000`, as Python prints it. */
function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const fraction = String(Math.round((seconds % 1) * 1000)).padStart(3, "0");
  return `${Math.floor(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${fraction}000`;
}
