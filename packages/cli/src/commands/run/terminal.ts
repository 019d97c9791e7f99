import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { StepExecutor } from "@evenkeel/core";
import type { Terminal } from "@evenkeel/module-system";
import { pauseExecutor } from "@evenkeel/module-system";

/** Steps that need somebody at the terminal; `aside` makes room there. */
export function terminalExecutors(aside: <T>(work: () => Promise<T>) => Promise<T>): readonly StepExecutor[] {
  return [
    pauseExecutor({
      isInteractive: process.stdin.isTTY === true,
      show: (text) => void aside(async () => process.stderr.write(text)),
      ask: (question) => aside(() => ask(question)),
    }),
  ];
}

async function ask({ text, echo, signal }: Parameters<Terminal["ask"]>[0]): Promise<string | undefined> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (!echo) process.stderr.write(text);
  const lines = createInterface({ input: process.stdin, output: echo ? process.stderr : silence, terminal: true });
  try {
    return await lines.question(echo ? text : "", { ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  } finally {
    lines.close();
    if (!echo) process.stderr.write("\n");
  }
}
