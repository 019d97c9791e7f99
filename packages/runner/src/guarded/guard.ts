import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Become, Change, HostPort, Step } from "@evenkeel/core";
import { quote, readWords, StepError } from "@evenkeel/core";
import type { Reach } from "../host-run.ts";
import { takeStep } from "../take-step.ts";
import { restoreScript } from "./restore-script.ts";

/** How long a host waits for us to come back, and how long it may take to put things back. */
const WINDOW_SECONDS = 60;
const PATIENCE_MS = 95_000;

/**
 * A change that could lock us out. The host gets a clock that puts everything back by itself; only a new connection, with
 * privilege, can stop it.
 */
export class Guard {
  readonly #port: HostPort;
  readonly #reach: Reach;
  readonly #become: Become | undefined;
  readonly #folder: string;

  private constructor(port: HostPort, reach: Reach, become: Become | undefined, folder: string) {
    this.#port = port;
    this.#reach = reach;
    this.#become = become;
    this.#folder = folder;
  }

  /** Starts the clock, before anything is changed. */
  static async arm(on: {
    readonly port: HostPort;
    readonly reach: Reach;
    readonly become: Become | undefined;
    readonly records: string;
    readonly fence: string;
    readonly changes: readonly Change[];
    readonly restarts: readonly Step[];
  }): Promise<Guard> {
    const folder = `${on.records}/guard/${randomUUID()}`;
    const arm = readWords(new URL("./arm.sh", import.meta.url));
    await takeStep(
      {
        do: "run",
        argv: ["sh", "-c", arm, "evenkeel-guard", folder, String(WINDOW_SECONDS)],
        stdin: restoreScript(on.changes, on.restarts),
      },
      { port: on.port, id: randomUUID(), guard: on.fence, executors: new Map() },
    );
    return new Guard(on.port, on.reach, on.become, folder);
  }

  /** Comes back over a new connection, and stops the clock. Else: waits until all is as it was, and says so. */
  async confirm(): Promise<void> {
    const until = performance.now() + (WINDOW_SECONDS - 15) * 1000;
    let last: unknown;
    while (performance.now() < until) {
      try {
        await this.#reach.anew(this.#become, async (port) => {
          const [answer] = await port.exchange([{ script: this.#stop }]);
          if (answer?.code !== 0)
            throw new StepError({ code: "guard/late", message: "the host has already put it back" });
        });
        return;
      } catch (error) {
        last = error;
        await sleep(3000);
      }
    }
    await this.#waitForRestore();
    throw new StepError({
      code: "guard/reverted",
      message: "after this change the host could not be reached anew: it has put everything back as it was",
      detail: last instanceof Error ? last.message : String(last),
      hint: "the change would have locked us out; look at what it says about logging in",
      cause: last,
    });
  }

  /** The task's own change has failed, and was taken back by us. */
  async disarm(): Promise<void> {
    await this.#port.exchange([{ script: this.#stop }]);
  }

  /** What had to follow the change has failed: the host puts all back now, if it can be told so, or soon. */
  async revert(): Promise<void> {
    await this.#port.exchange([{ script: `: >${this.#path("now")}` }]).catch(() => undefined);
    await this.#waitForRestore();
  }

  async #waitForRestore(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    const look = {
      script: `[ -e ${this.#path("restored")} ] && cat ${this.#path("log")} && rm -rf ${quote(this.#folder)}`,
    };
    while (performance.now() < until) {
      const isBack = await this.#reach
        .anew(this.#become, async (port) => (await port.exchange([look]))[0]?.code === 0)
        .catch(() => false);
      if (isBack) return;
      await sleep(2000);
    }
    throw new StepError({
      code: "guard/not-back",
      message: "the host has not come back, although it was to put back what was changed",
      hint: `its console shows ${this.#folder}/log`,
    });
  }

  /** Succeeds if the clock had not yet run out; nothing is left of it then. */
  get #stop(): string {
    return `mkdir ${this.#path("decided")} && rm -rf ${quote(this.#folder)}`;
  }

  #path(name: string): string {
    return quote(`${this.#folder}/${name}`);
  }
}
