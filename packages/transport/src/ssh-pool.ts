import type { Link } from "./link.ts";

/** What the connections of one run share: turns to shake hands, and bastions that several of them go through. */
export class SshPool {
  readonly #doors = new Map<string | Link, Door>();
  readonly #bastions = new Map<string, Bastion>();

  /** Waits for a turn at a door (an address, or a bastion); the result gives the turn up. */
  async enter(name: string | Link, signal?: AbortSignal): Promise<() => void> {
    const door = this.#doors.get(name) ?? new Door();
    this.#doors.set(name, door);
    await door.enter(signal);
    return () => {
      door.leave();
      if (door.isEmpty) this.#doors.delete(name);
    };
  }

  /** A connection to a bastion, made once and closed when the last who goes through it lets it go. */
  async borrow(name: string, open: () => Promise<Link>): Promise<Borrowed> {
    const bastion = this.#bastions.get(name) ?? { link: open(), users: 0 };
    this.#bastions.set(name, bastion);
    bastion.users++;
    const forget = () => {
      if (this.#bastions.get(name) === bastion) this.#bastions.delete(name);
    };
    try {
      const link = await bastion.link;
      void link.closed.then(forget);
      return { link, giveBack: () => this.#giveBack(bastion, forget) };
    } catch (error) {
      forget();
      throw error;
    }
  }

  async #giveBack(bastion: Bastion, forget: () => void): Promise<void> {
    if (--bastion.users > 0) return;
    forget();
    await (await bastion.link).close();
  }
}

export interface Borrowed {
  readonly link: Link;
  giveBack(): Promise<void>;
}

interface Bastion {
  readonly link: Promise<Link>;
  users: number;
}

/** sshd begins to refuse at ten handshakes that are not yet logged in (MaxStartups 10:30:100). */
const HANDSHAKES_AT_ONCE = 8;

class Door {
  #busy = 0;
  readonly #waiting: (() => void)[] = [];

  get isEmpty(): boolean {
    return this.#busy === 0;
  }

  async enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#busy < HANDSHAKES_AT_ONCE) {
      this.#busy++;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    const onAbort = () => {
      const at = this.#waiting.indexOf(resolve);
      if (at === -1) return;
      this.#waiting.splice(at, 1);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    await promise.finally(() => signal?.removeEventListener("abort", onAbort));
  }

  /** The turn passes to whoever waits longest. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#busy--;
  }
}
