import { randomUUID } from "node:crypto";
import type { OwnStep, Secret, StepExecutor } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";

/** A script of ours, and what to say when it fails: its own last words are the error's detail. */
export interface ScriptRun {
  readonly script: string;
  readonly words: readonly string[];
  readonly stdin?: string | Secret;
  readonly failure: { readonly code: string; readonly message: string; readonly hint: string };
}

export function scriptStep(data: ScriptRun): OwnStep {
  return { do: "app.script", data };
}

/** Runs a script as a job: it goes on when the controller dies, and says why it failed in words for people. */
export const scriptExecutor: StepExecutor = {
  do: "app.script",
  async take(data, host, watch) {
    const { script, words, stdin, failure } = data as ScriptRun;
    const job = { id: randomUUID(), argv: ["sh", "-c", script, "evenkeel-app", ...words], whenLost: "leave" } as const;
    const outcome = await host.job({ ...job, ...(stdin !== undefined && { stdin }) }, watch);
    const [stdout, stderr] = [outcome.stdout, outcome.stderr].map((bytes) => Buffer.from(bytes).toString());
    if (outcome.kind === "done" && outcome.code === 0) return { code: 0, stdout: stdout ?? "", stderr: stderr ?? "" };
    const detail = `${stdout}${stderr}`.trim();
    if (outcome.kind === "unknown") {
      const message = `${failure.message}, or perhaps not: ${outcome.because}`;
      throw new StepError({
        code: "step/unknown",
        message,
        detail,
        hint: "look on the host; it is not run again blindly",
      });
    }
    const how = outcome.kind === "signalled" ? `\nended by ${outcome.signal}` : "";
    throw new StepError({ ...failure, detail: `${detail}${how}` });
  },
};
