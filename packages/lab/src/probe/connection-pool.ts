import type { HttpConnection } from "./http-connection.ts";

/**
 * Connections kept between requests. The one that has rested longest is used first, so that all are in use and each rests as long
 * as the rate allows: the race between a server that closes an idle connection and a request on it is what the probe looks for.
 */
export class ConnectionPool<Connection extends Kept> {
  readonly #open: () => Promise<Connection>;
  readonly #size: number;
  readonly #counts: { closedWhileIdle: number };
  readonly #resting: Connection[] = [];
  #lent = 0;

  constructor(size: number, open: () => Promise<Connection>, counts: { closedWhileIdle: number }) {
    this.#size = size;
    this.#open = open;
    this.#counts = counts;
  }

  /** Lends a connection; a new one until the pool is full, when none rests, and when it must be new. */
  async borrow(mustBeNew = false): Promise<Connection> {
    const isFull = this.#resting.length + this.#lent >= this.#size;
    const rested = isFull && !mustBeNew ? this.#resting.shift() : undefined;
    this.#lent += 1;
    if (rested !== undefined) {
      rested.onIdleEnd = undefined;
      return rested;
    }
    try {
      return await this.#open();
    } catch (error) {
      this.#lent -= 1;
      throw error;
    }
  }

  /** Takes a connection back; what cannot or need not be kept is closed. */
  giveBack(connection: Connection): void {
    this.#lent -= 1;
    if (!connection.isOpen || this.#resting.length + this.#lent >= this.#size) {
      connection.close();
      return;
    }
    this.#resting.push(connection);
    connection.onIdleEnd = () => {
      const place = this.#resting.indexOf(connection);
      if (place < 0) return;
      this.#resting.splice(place, 1);
      this.#counts.closedWhileIdle += 1;
    };
  }

  close(): void {
    for (const connection of this.#resting.splice(0)) {
      connection.onIdleEnd = undefined;
      connection.close();
    }
  }
}

/** The part of a connection that the pool deals with. */
type Kept = Pick<HttpConnection, "isOpen" | "close" | "onIdleEnd">;
