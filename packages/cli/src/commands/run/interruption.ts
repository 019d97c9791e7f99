/**
 * Ctrl-C: the first ends what runs on the hosts, gives locks back and says what is left; the second leaves at once.
 */
export class Interruption implements Disposable {
  readonly #abort = new AbortController();
  readonly #say: (text: string) => void;
  readonly #onSignal = () => {
    if (this.#abort.signal.aborted) process.exit(130);
    this.#say("interrupted: ending what runs on the hosts; once more leaves at once\n");
    this.#abort.abort();
  };

  constructor(say: (text: string) => void) {
    this.#say = say;
    process.on("SIGINT", this.#onSignal);
    process.on("SIGTERM", this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get hasHappened(): boolean {
    return this.#abort.signal.aborted;
  }

  [Symbol.dispose](): void {
    process.off("SIGINT", this.#onSignal);
    process.off("SIGTERM", this.#onSignal);
  }
}
