import { InputError, quote, quoteAll, Secret, StepError } from "@evenkeel/core";
import { guardRefusal } from "../guard-refusal.ts";
import type { Answer, Body } from "../shell/request.ts";
import type { Shell } from "../shell/shell.ts";
import type { Job } from "./job.ts";
import { checkJobId } from "./job.ts";
import { jobWords } from "./job-words.ts";

export const DEFAULT_DEADLINE_MS = 3_600_000;
const DEFAULT_GRACE_SECONDS = 60;
/** Linux takes no longer environment variable. */
const LONGEST_COMMAND = 120 * 1024;

/** Starts a job, or finds that it was started before, and does not stay. */
export async function startJob(shell: Shell, job: Job, silentMs: number): Promise<void> {
  const { script, body } = startRequest(job, "detached");
  const [answer] = await shell.send([{ script, silentMs }], { words: jobWords, body });
  demandStarted(job, answer);
}

/** What a host is sent to start a job that is not on its records yet. */
export function startRequest(job: Job, how: "attached" | "detached"): { script: string; body: Body } {
  checkJobId(job.id);
  const stdin = bytesOf(job.stdin);
  const seconds = Math.ceil((job.deadlineMs ?? DEFAULT_DEADLINE_MS) / 1000);
  const grace = job.whenLost ?? (how === "detached" ? "leave" : DEFAULT_GRACE_SECONDS);
  const settings = {
    EVENKEEL_RUN: bounded(commandLine(job)),
    EVENKEEL_AFTER: bounded(job.after ?? ""),
    evk_ask: job.guard ?? "",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}\n`);
  const script = `${lines.join("")}evk_start ${job.id} ${seconds} ${grace} ${stdin.length} ${how}`;
  return { script, body: { size: stdin.length, content: [stdin] } };
}

export function demandStarted(job: Job, answer: Answer | undefined): void {
  if (answer?.status === 0) return;
  throw guardRefusal(quoteAll(job.argv), answer) ?? notStarted(job, answer);
}

export function notStarted({ argv }: Job, answer: Answer | undefined): StepError {
  return new StepError({
    code: "transport/job-not-started",
    message: `the host could not start ${quoteAll(argv)}`,
    detail: answer?.stderr.bytes().toString().trim() ?? "",
    hint: "nothing was run; the host must be able to write its job records",
  });
}

export function stdinSize({ stdin }: Job): number {
  return bytesOf(stdin).length;
}

function bytesOf(stdin: Job["stdin"]): Uint8Array {
  if (stdin === undefined) return new Uint8Array();
  if (stdin instanceof Secret) return Buffer.from(stdin.reveal());
  return typeof stdin === "string" ? Buffer.from(stdin) : stdin;
}

function commandLine({ argv, directory, environment = {} }: Job): string {
  const settings = Object.entries(environment).map(([name, value]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new InputError({
        code: "transport/environment-name",
        message: `not a name of a variable: ${JSON.stringify(name)}`,
      });
    }
    return `${name}=${quote(value instanceof Secret ? value.reveal() : value)}; export ${name}; `;
  });
  const change = directory === undefined ? "" : `cd -- ${quote(directory)} && `;
  return `${settings.join("")}${change}exec ${quoteAll(argv)}`;
}

function bounded(script: string): string {
  const size = Buffer.byteLength(script);
  if (size <= LONGEST_COMMAND) return script;
  throw new InputError({
    code: "transport/command-too-long",
    message: `a command of ${size} bytes is longer than a host takes (${LONGEST_COMMAND})`,
    hint: "put it into a file, or send its data on stdin",
  });
}
