/** Where a host is: the way through plays' lists of tasks, blocks and includes. Compared from the left. */
export type Position = readonly number[];

/**
 * How far the hosts of a batch have come. Hosts walk at their own pace; they wait for each other only where it can be
 * seen: a task that runs once, a variable of another host.
 */
export class Progress {
  readonly #at = new Map<string, Position>();
  readonly #waiting = new Set<() => void>();
  readonly #shared = new Map<string, Promise<unknown>>();

  constructor(hosts: readonly string[]) {
    for (const host of hosts) this.#at.set(host, []);
  }

  reach(host: string, position: Position): void {
    this.#at.set(host, position);
    this.#wake();
  }

  /** The host has finished, failed or gone: nobody waits for it. */
  leave(host: string): void {
    this.#at.delete(host);
    this.#wake();
  }

  /** Whether a host, if it is still on its way, has come as far as another. */
  isBehind(host: string, other: string): boolean {
    const [at, goal] = [this.#at.get(host), this.#at.get(other)];
    return at !== undefined && goal !== undefined && compare(at, goal) < 0;
  }

  /** Settles when every host that is still on its way has come as far as this one. */
  async gather(host: string, others?: readonly string[]): Promise<void> {
    const isAlone = () => (others ?? [...this.#at.keys()]).every((other) => !this.isBehind(other, host));
    while (!isAlone()) await this.#change();
  }

  /** All hosts that come here wait for each other; the first in the batch's order does the work, and all get what came of it. */
  async once<T>(host: string, work: () => Promise<T>): Promise<{ readonly value: T; readonly isDoer: boolean }> {
    const place = JSON.stringify(this.#at.get(host));
    await this.gather(host);
    while (!this.#shared.has(place) && this.#firstAt(place) !== host) await this.#change();
    const known = this.#shared.get(place) as Promise<T> | undefined;
    if (known) return { value: await known, isDoer: false };
    const promise = work();
    this.#shared.set(place, promise);
    this.#wake();
    return { value: await promise, isDoer: true };
  }

  #firstAt(place: string): string | undefined {
    return [...this.#at].find(([, at]) => JSON.stringify(at) === place)?.[0];
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

function compare(one: Position, other: Position): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? -1) - (other[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
