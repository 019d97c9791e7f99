import { setTimeout as sleep } from "node:timers/promises";
import type { StepExecutor } from "@evenkeel/core";

/** Where people are asked. */
export interface Terminal {
  /** Somebody may be there. */
  readonly isInteractive: boolean;
  show(text: string): void;
  /** What was typed until the end of the line; nothing when it was taken back by the signal. */
  ask(question: {
    readonly text: string;
    readonly echo: boolean;
    readonly signal?: AbortSignal;
  }): Promise<string | undefined>;
}

/** What is to be waited for. */
export interface PauseData {
  readonly prompt?: string;
  readonly seconds?: number;
  readonly echo: boolean;
}

/** What came of it. */
export interface PauseOutcome {
  readonly seconds: number;
  readonly userInput: string;
}

/** Waits for a time, or for somebody at this terminal. With nobody there, a question is not waited for. */
export function pauseExecutor(terminal: Terminal): StepExecutor {
  return {
    do: "system.pause",
    async take(data, _host, { signal }) {
      const { prompt = "Press enter to continue", seconds, echo } = data as PauseData;
      const start = performance.now();
      const stopping = signal && { signal };
      let typed: string | undefined;
      if (seconds !== undefined) {
        terminal.show(`Pausing for ${seconds} seconds${"prompt" in (data as PauseData) ? `: ${prompt}` : ""}\n`);
        await sleep(seconds * 1000, undefined, { ...stopping });
      } else if (terminal.isInteractive) {
        const hidden = echo ? "" : " (output is hidden)";
        typed = await terminal.ask({ text: `${prompt}${hidden}: `, echo, ...stopping });
      } else terminal.show(`${prompt}: not waiting, since nobody is at a terminal\n`);
      const outcome: PauseOutcome = { seconds: (performance.now() - start) / 1000, userInput: typed ?? "" };
      return { data: outcome };
    },
  };
}
