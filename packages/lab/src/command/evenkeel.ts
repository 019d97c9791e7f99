import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** What a run of the command came to. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** All that it printed, on both streams, line by line. */
  readonly output: string;
  /** What it told of itself, with `--json`. */
  readonly events: readonly Told[];
  /** `action kind key` of each change that it told of. */
  readonly changes: readonly string[];
}

/** One event of a run; when it came, as `performance.now()` has it. */
export type Told = Readonly<Record<string, unknown>> & { readonly type: string; readonly at: number };

/** A run that goes on. */
export interface Running extends Promise<Ended> {
  readonly pid: number;
  /** What it has printed so far. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
}

export interface EvenkeelOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** The command as people type it: the one that is found by its name. */
export function evenkeel(words: readonly string[], { environment, directory }: EvenkeelOptions = {}): Running {
  const child = spawn("evenkeel", words, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    ...(directory !== undefined && { cwd: directory }),
  });
  const lines: Line[] = [];
  const said = () => lines.map(({ text }) => `${text}\n`).join("");
  const listen = async (stream: Readable) => {
    for await (const text of createInterface(stream)) lines.push({ text, at: performance.now() });
  };
  const heard = Promise.all([listen(child.stdout), listen(child.stderr)]);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", async (status, signal) => {
      await heard;
      const events = lines.flatMap(eventIn);
      resolve({ status, signal, output: said(), events, changes: events.flatMap(changeIn) });
    });
  });
  return Object.assign(ended, { pid: child.pid ?? 0, said, kill: (signal: NodeJS.Signals) => void child.kill(signal) });
}

interface Line {
  readonly text: string;
  readonly at: number;
}

function eventIn({ text, at }: Line): readonly Told[] {
  return text.startsWith('{"type":') ? [{ ...(JSON.parse(text) as { readonly type: string }), at }] : [];
}

function changeIn({ type, action, kind, key }: Told): readonly string[] {
  return type === "change" ? [`${action} ${kind} ${key}`] : [];
}
