import type { Link } from "./link.ts";

/** The link to one host: opened when first wanted, and again after it was lost. */
export class HostLink {
  readonly #open: () => Promise<Link>;
  #current: Promise<Link> | undefined;

  constructor(open: () => Promise<Link>) {
    this.#open = open;
    this.get().catch(() => undefined); // Whoever asks next is told.
  }

  get(): Promise<Link> {
    this.#current ??= this.#start();
    return this.#current;
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
