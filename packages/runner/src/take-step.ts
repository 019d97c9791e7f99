import { readFile } from "node:fs/promises";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type {
  HostOutcome,
  HostPort,
  HostWatch,
  RunStep,
  Step,
  StepExecutor,
  StepOutput,
  WaitStep,
} from "@evenkeel/core";
import { InternalError, quoteAll, StepError } from "@evenkeel/core";
import { WholeLines } from "./whole-lines.ts";

/** What taking a step needs beside the step. */
export interface StepContext {
  readonly port: HostPort;
  /** Names the step in the host's records: what was done under this name is not done again. */
  readonly id: string;
  /** sh that must succeed on the host right before. */
  readonly guard?: string;
  readonly executors: ReadonlyMap<string, StepExecutor>;
  readonly onOutput?: (stream: "stdout" | "stderr", text: string) => void;
  readonly signal?: AbortSignal;
  /** Only start it: it goes on by itself. */
  readonly isDetached?: boolean;
}

/** Does one thing on a host, and throws a StepError when the host says no. */
export async function takeStep(step: Step, context: StepContext): Promise<StepOutput> {
  const startedAt = new Date().toISOString();
  const { onOutput = () => undefined, signal } = context;
  const lines = new WholeLines(onOutput);
  const watch = { onOutput: lines.take.bind(lines), ...(signal && { signal }) };
  const said = await take(step, context, watch).finally(() => lines.end());
  return { stdout: "", stderr: "", ...said, startedAt, endedAt: new Date().toISOString() };
}

type Said = Partial<StepOutput>;

async function take(step: Step, context: StepContext, watch: HostWatch): Promise<Said> {
  const { port, guard } = context;
  switch (step.do) {
    case "run":
      return run(step, context, watch);
    case "write": {
      const { do: _, ...file } = step;
      await port.put({ ...file, ...(guard !== undefined && { guard }) });
      return {};
    }
    case "tree": {
      const { do: _, ...tree } = step;
      return { data: await port.putTree({ ...tree, ...(guard !== undefined && { guard }) }) };
    }
    case "wait":
      return waitUntil(step, port);
    default: {
      const executor = context.executors.get(step.do);
      if (executor) {
        await pass(guard, port);
        return executor.take(step.data, port, watch);
      }
      throw new InternalError({
        code: "runner/executor",
        message: `nobody told the runner how to take a step ${step.do}`,
      });
    }
  }
}

/** Steps with an executor of their own do not travel with their guard: it goes before them. */
async function pass(guard: string | undefined, port: HostPort): Promise<void> {
  if (guard === undefined) return;
  const [answer] = await port.exchange([{ script: guard }]);
  if (answer?.code === 0) return;
  throw new StepError({
    code: "transport/guard",
    message: "refused",
    detail: Buffer.from(answer?.stderr ?? []).toString(),
  });
}

async function run(
  { do: _, accept = [0], stdin, ...command }: RunStep,
  context: StepContext,
  watch: HostWatch,
): Promise<Said> {
  const { port, id, guard } = context;
  const body = typeof stdin === "object" && "localFile" in stdin ? await readFile(stdin.localFile) : stdin;
  const job = { id, ...command, ...(body !== undefined && { stdin: body }), ...(guard !== undefined && { guard }) };
  if (context.isDetached) {
    await port.start(job);
    return {};
  }
  // A job whose controller dies goes on to its end: a half-made change is worse than one that nobody waits for.
  const outcome = await port.job({ ...job, whenLost: "leave" }, watch);
  const said = { stdout: Buffer.from(outcome.stdout).toString(), stderr: Buffer.from(outcome.stderr).toString() };
  if (outcome.kind === "done" && (accept === "any" || accept.includes(outcome.code))) {
    return { ...said, code: outcome.code };
  }
  // As Ansible has it, and shells' users know it: minus the signal's number.
  if (outcome.kind === "signalled" && accept === "any" && !outcome.because)
    return { ...said, code: -signalNumber(outcome.signal) };
  throw new StepError({
    code: outcome.kind === "unknown" ? "step/unknown" : "step/command",
    message: `${shortly(command.argv)} ${describe(outcome)}`,
    detail: `${said.stdout}${said.stderr}`.trim(),
    ...(outcome.kind === "unknown" && {
      hint: "look on the host whether it was done; it is not run again blindly",
    }),
  });
}

/** A script of ours is not what anybody wants to read in an error. */
function shortly(argv: readonly string[]): string {
  const [shell, flag, script = "", name, ...rest] = argv;
  return shell === "sh" && flag === "-c" && name !== undefined && script.includes("\n")
    ? quoteAll([name, ...rest])
    : quoteAll(argv);
}

function signalNumber(name: string): number {
  return constants.signals[name as keyof typeof constants.signals] ?? 0;
}

function describe(outcome: HostOutcome): string {
  if (outcome.kind === "done") return `ended with status ${outcome.code}`;
  if (outcome.kind === "signalled") return `was ended by ${outcome.signal}`;
  return `has an unknown outcome: ${outcome.because}`;
}

async function waitUntil({ until, script, deadlineMs, everyMs = 500 }: WaitStep, port: HostPort): Promise<Said> {
  const start = performance.now();
  for (;;) {
    const [answer] = await port.exchange([{ script }]);
    const said = {
      stdout: Buffer.from(answer?.stdout ?? []).toString(),
      stderr: Buffer.from(answer?.stderr ?? []).toString(),
    };
    if (answer?.code === 0) return { ...said, code: 0 };
    if (performance.now() - start >= deadlineMs) {
      throw new StepError({
        code: "step/wait",
        message: `waited ${Math.round(deadlineMs / 1000)} s until ${until}, in vain`,
        detail: `${said.stdout}${said.stderr}`.trim(),
      });
    }
    await sleep(everyMs);
  }
}
