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
  readonly is: "reloaded" | "started" | "already" | "stopped" | "settled" | "taken-back" | "stays";
}

/** Reloads a service, and stays until the new generation is seen to serve. */
export const reloadExecutor: StepExecutor = {
  do: "reload.proven",
  async take(data, host, watch) {
    const wish = data as ReloadWish;
    const { service, files = [], limitSeconds = PROOF_SECONDS, how = "needed" } = wish;
    const words = [unitOf(wish), String(limitSeconds), how, service, ...files];
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
  const own = service === "nginx" ? ["../nginx/tree.sh", "./reload-nginx.sh"] : ["./reload-unit.sh"];
  return ["./processes.sh", "./proven-files.sh", ...own].map(words).join("");
}

function read(said: string): ReloadOutcome {
  const [, is = "already", milliseconds] =
    /^(reloaded|started|already|stopped|settled|taken-back|stays)(?: (\d+))?$/m.exec(said) ?? [];
  return {
    is: is as ReloadOutcome["is"],
    ...(milliseconds !== undefined && { milliseconds: Number(milliseconds) }),
  };
}

interface Reason {
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

const reasons: Readonly<Record<string, Reason>> = {
  "by test": {
    code: "reload/refused",
    text: "its configuration is refused",
    hint: "put right what it says; it has not been told to read it",
  },
  "by master refused": {
    code: "reload/refused",
    text: "it does not take its new configuration",
    hint: "put right what it says",
  },
  "by master late": {
    code: "reload/not-proven",
    text: "no new generation has been seen to serve",
    hint: "look at its log",
  },
  "at start": {
    code: "reload/not-started",
    text: "it does not start with its new configuration",
    hint: "put right what it says",
  },
};
const other: Reason = { code: "reload/failed", text: "its reload has failed", hint: "look at its log" };

/** Said when files have been put back as they were when a reload was last proven. */
const BACK = "files are back";

function failure(wish: ReloadWish, said: string, seconds: number): StepError {
  const lines = said.split("\n");
  const why = lines.findLast((line) => line in reasons) ?? "";
  const { code, text, hint } = reasons[why] ?? other;
  const within = code === "reload/not-proven" ? ` within ${seconds} s` : "";
  const isTold = (line: string) =>
    !(line in reasons) && line !== BACK && !/^(?:generation|serving|draining) /.test(line);
  return new StepError({
    code,
    message: `${unitOf(wish)}: ${text}${within}`,
    detail: lines.filter(isTold).join("\n"),
    hint: `${hint}; ${stateOf(wish, lines.includes(BACK))}`,
  });
}

function stateOf({ service }: ReloadWish, isBack: boolean): string {
  if (service === "nginx")
    return `the files that this run has changed below /etc/nginx are back as they were${isBack ? ", and those that you have named" : ""}; what ran before serves on`;
  return isBack ? "files are back as they were when it was last proven" : "its files are as they are";
}
