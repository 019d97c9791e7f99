import { setTimeout as sleep } from "node:timers/promises";
import { ConnectError, readWords } from "@evenkeel/core";
import type { Guest, HostLink } from "./host-link.ts";
import { elevate } from "./privilege/elevate.ts";
import type { Privilege } from "./privilege/privilege.ts";
import { refusal } from "./privilege/refusal.ts";
import { bootCommand } from "./shell/driver.ts";
import { Shell } from "./shell/shell.ts";
import { ShellLost } from "./shell/shell-lost.ts";

/** How long a lost host is waited for, and the pauses between the tries: long enough for a reboot. */
const PATIENCE_MS = 60_000;
const PAUSES_MS = [200, 1000, 3000, 6000, 10_000, 15_000, 20_000];

/** What went well for so long was no attempt that failed, but a time of its own that came to an end. */
const LONG_MS = 30_000;

/** What a moment's patience may mend in a host that was reached before: it boots, its sshd restarts. No wrong key or password. */
const PASSING = new Set([
  "connect/closed",
  "connect/closed-early",
  "connect/failed",
  "connect/gone",
  "connect/no-such-name",
  "connect/refused",
  "connect/timeout",
  "connect/unreachable",
]);

/** A host that does not even let us end what hangs is not waited for. */
const UNSTICK_MS = 10_000;

const stuckWords = () => readWords(new URL("./shell/stuck.sh", import.meta.url));

/** The shell of one user on one host: started when first wanted, and again after it was lost. */
export class UserShell implements Guest {
  readonly #link: HostLink;
  readonly #host: string;
  readonly #privilege: Privilege | undefined;
  #current: Promise<Shell> | undefined;
  readonly #started = new WeakMap<Shell, Promise<Shell>>();
  readonly #stuck = new WeakSet<Shell>();
  readonly #endings = new Set<Promise<void>>();
  #users = 0;
  #isClosed = false;
  #wasReached = false;

  constructor(link: HostLink, host: string, privilege?: Privilege) {
    this.#link = link;
    this.#host = host;
    this.#privilege = privilege;
  }

  /** Does something over the shell, and does it again when the wire was lost: so it must be fit for that. */
  async use<T>(act: (shell: Shell) => Promise<T>, options: { readonly isRepeatable?: boolean } = {}): Promise<T> {
    this.#users++;
    try {
      return await this.#persist(act, options.isRepeatable ?? true);
    } finally {
      this.#users--;
    }
  }

  get isIdle(): boolean {
    return this.#users === 0 && this.#endings.size === 0;
  }

  rest(): void {
    this.#current?.then((shell) => shell.close()).catch(() => undefined);
    this.#current = undefined;
  }

  async #persist<T>(act: (shell: Shell) => Promise<T>, isRepeatable: boolean): Promise<T> {
    let missedSince: number | undefined;
    for (let tries = 0; ; tries++) {
      let shell: Shell | undefined;
      const started = performance.now();
      try {
        shell = await this.#get();
        return await act(shell);
      } catch (error) {
        if (shell?.isGivenUp) this.endStuck(shell);
        if (shell && shell.heardAt - started > LONG_MS) [missedSince, tries] = [undefined, 0];
        missedSince ??= performance.now();
        const pause = PAUSES_MS[tries];
        const isPassing = this.#isPassing(error, shell);
        const isOver = pause === undefined || performance.now() - missedSince + pause > PATIENCE_MS;
        if (!isPassing || !isRepeatable || isOver || this.#isClosed) throw this.#explain(error, shell);
        await sleep(pause * (0.75 + Math.random() / 2));
      }
    }
  }

  /** Ends what a shell got stuck in, from outside, and the shell with it. `close()` waits for that. */
  endStuck(shell: Shell): void {
    if (this.#stuck.has(shell)) return;
    this.#stuck.add(shell);
    this.#forget(shell);
    const ending = this.#endFromOutside(shell).catch(() => undefined); // The deadline's error is what the user hears.
    this.#endings.add(ending);
    void ending.then(() => this.#endings.delete(ending));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#endings);
    this.rest();
  }

  async #endFromOutside(shell: Shell): Promise<void> {
    if (shell.hasAnswered) {
      const script = `evk_unstick ${await shell.pid}`;
      const other = await this.#get();
      await Promise.race([
        other.send([{ script }], { words: stuckWords }),
        sleep(UNSTICK_MS, undefined, { ref: false }),
      ]);
    }
    shell.close();
  }

  #get(): Promise<Shell> {
    this.#link.admit(this);
    this.#current ??= this.#start();
    return this.#current;
  }

  #start(): Promise<Shell> {
    const starting = this.#open();
    const forget = () => {
      if (this.#current === starting) this.#current = undefined;
    };
    starting.then((shell) => {
      this.#started.set(shell, starting);
      void shell.end.then(forget);
    }, forget);
    return starting;
  }

  #forget(shell: Shell): void {
    if (this.#started.get(shell) === this.#current) this.#current = undefined;
  }

  async #open(): Promise<Shell> {
    const link = await this.#link.get();
    const channel = await link.open(bootCommand);
    return new Shell(channel, this.#privilege ? await elevate(channel, this.#privilege) : "");
  }

  /** A host that was never reached is not waited for: the first try tells the user what is wrong. */
  #isPassing(error: unknown, shell: Shell | undefined): boolean {
    this.#wasReached ||= shell?.hasAnswered ?? false;
    if (error instanceof ShellLost) return error.end.kind === "lost" || (shell?.hasAnswered ?? false);
    return this.#wasReached && error instanceof ConnectError && PASSING.has(error.code);
  }

  #explain(error: unknown, shell: Shell | undefined): unknown {
    if (!(error instanceof ShellLost)) return error;
    if (this.#privilege && !shell?.hasAnswered && error.end.kind === "exited") {
      return refusal(this.#privilege, "ended", error.stray);
    }
    return new ConnectError({
      code: shell?.hasAnswered ? "connect/lost" : "connect/no-shell",
      message: shell?.hasAnswered ? `the connection to ${this.#host} was lost` : `${this.#host} gave us no shell`,
      host: this.#host,
      detail: [error.message, error.stray.trim()].filter(Boolean).join("\n"),
      hint: shell?.hasAnswered
        ? "run it again: it goes on where it was"
        : "can this user log in, and is /bin/sh there?",
      cause: error,
    });
  }
}
