import { randomUUID } from "node:crypto";
import type { StepExecutor } from "@evenkeel/core";
import { readWords, StepError } from "@evenkeel/core";
import type { ReloadWish } from "./reload-wish.ts";
import { unitOf } from "./reload-wish.ts";

const PROOF_SECONDS = 10;

/** What a reload has come to, from the words of its script. */
export interface ReloadOutcome {
  /** How long it took until the new generation was seen to serve. */
  readonly milliseconds?: number;
  readonly is: "reloaded" | "started" | "already" | "stopped";
}

/** Reloads a service, and stays until the new generation is seen to serve. */
export const reloadExecutor: StepExecutor = {
  do: "reload.proven",
  async take(data, host, watch) {
    const wish = data as ReloadWish;
    const { service, files = [], limitSeconds = PROOF_SECONDS, anyway = false } = wish;
    const words = [unitOf(wish), String(limitSeconds), anyway ? "1" : "0", service, ...files];
    const outcome = await host.job(
      {
        id: randomUUID(),
        argv: ["sh", "-c", scriptFor(wish), "evenkeel-reload", ...words],
        deadlineMs: (3 * limitSeconds + 60) * 1000,
        whenLost: "leave",
      },
      watch.signal ? { signal: watch.signal } : {},
    );
    const said = `${Buffer.from(outcome.stdout)}${Buffer.from(outcome.stderr)}`.trim();
    if (outcome.kind === "done" && outcome.code === 0) return { stdout: said, code: 0, data: read(said) };
    if (outcome.kind === "done") throw failure(wish, said, limitSeconds);
    throw new StepError({
      code: outcome.kind === "unknown" ? "step/unknown" : "reload/failed",
      message: `nobody knows whether ${unitOf(wish)} has been reloaded`,
      detail: said,
    });
  },
};

function scriptFor({ service }: ReloadWish): string {
  const words = (name: string) => readWords(new URL(name, import.meta.url));
  if (service === "nginx") return words("../nginx/tree.sh") + words("./reload-nginx.sh");
  return words("./processes.sh") + words("./reload-unit.sh");
}

function read(said: string): ReloadOutcome {
  const [, is = "already", milliseconds] = /^(reloaded|started|already|stopped)(?: (\d+))?$/m.exec(said) ?? [];
  return {
    is: is as ReloadOutcome["is"],
    ...(milliseconds !== undefined && { milliseconds: Number(milliseconds) }),
  };
}

const reasons: Readonly<Record<string, { readonly code: string; readonly text: string }>> = {
  "by test": { code: "reload/refused", text: "its configuration is refused" },
  "by master refused": { code: "reload/refused", text: "it does not take its new configuration" },
  "by master late": { code: "reload/not-proven", text: "no new generation has been seen to serve" },
  "at start": { code: "reload/not-started", text: "it does not start with its new configuration" },
};

function hintOf(code: string, { files = [] }: ReloadWish): string {
  const back = files.length > 0 ? "; files are back as they were when it was last proven" : "";
  if (code === "reload/refused") return `put right what it says; it has not been told to read it${back}`;
  return files.length > 0
    ? "files are back as they were when it was last proven"
    : "look at its log; its files are as they are";
}

function failure(wish: ReloadWish, said: string, seconds: number): StepError {
  const lines = said.split("\n");
  const why = lines.findLast((line) => line in reasons) ?? "";
  const { code, text } = reasons[why] ?? { code: "reload/failed", text: "its reload has failed" };
  const within = code === "reload/not-proven" ? ` within ${seconds} s` : "";
  const isTold = (line: string) => !(line in reasons) && !/^(?:generation|serving|draining) /.test(line);
  return new StepError({
    code,
    message: `${unitOf(wish)}: ${text}${within}`,
    detail: lines.filter(isTold).join("\n"),
    hint:
      wish.service === "nginx"
        ? "the files that this run has changed below /etc/nginx are back as they were, and what ran before serves on"
        : hintOf(code, wish),
  });
}
