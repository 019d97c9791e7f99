import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { StepExecutor } from "@evenkeel/core";
import { pauseExecutor } from "@evenkeel/module-system";

/** Steps that need somebody at the terminal. */
export function terminalExecutors(): readonly StepExecutor[] {
  return [
    pauseExecutor({
      isInteractive: process.stdin.isTTY === true,
      show: (text) => void process.stderr.write(text),
      ask: async ({ text, echo, signal }) => {
        process.stderr.write(text);
        const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
        const lines = createInterface({
          input: process.stdin,
          output: echo ? process.stderr : silence,
          terminal: true,
        });
        try {
          return await lines.question("", { ...(signal && { signal }) });
        } catch (error) {
          if (signal?.aborted) return undefined;
          throw error;
        } finally {
          lines.close();
        }
      },
    }),
  ];
}
