import type { Link } from "./link.ts";

/** A shell that can be ended while nobody uses it, and started again when somebody does. */
export interface Guest {
  readonly isIdle: boolean;
  rest(): void;
}

/** sshd allows ten channels at once; what is left over is for tunnels, and for shells that are still on their way out. */
const MOST_SHELLS = 6;

/** The link to one host: opened when first wanted, and again after it was lost. */
export class HostLink {
  readonly #open: () => Promise<Link>;
  #current: Promise<Link> | undefined;
  /** In the order of their last use. */
  readonly #guests = new Set<Guest>();

  constructor(open: () => Promise<Link>) {
    this.#open = open;
    this.get().catch(() => undefined); // Whoever asks next is told.
  }

  get(): Promise<Link> {
    this.#current ??= this.#start();
    return this.#current;
  }

  /** Notes that a shell is used. When there are too many, the one that has been idle for longest makes room. */
  admit(guest: Guest): void {
    this.#guests.delete(guest);
    this.#guests.add(guest);
    if (this.#guests.size <= MOST_SHELLS) return;
    const leaving = [...this.#guests].find((each) => each !== guest && each.isIdle);
    if (leaving === undefined) return;
    this.#guests.delete(leaving);
    leaving.rest();
  }

  async close(): Promise<void> {
    const link = await this.#current?.catch(() => undefined);
    await link?.close();
  }

  async #start(): Promise<Link> {
    try {
      const link = await this.#open();
      void link.closed.then(() => {
        this.#current = undefined;
      });
      return link;
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }
}
