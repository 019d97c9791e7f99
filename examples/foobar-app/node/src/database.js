import { setTimeout as sleep } from "node:timers/promises";

/** The database did not answer in time. */
export class Unavailable extends Error {}

/** Statements over a driver's connections, tried again while the database is being restarted. */
export class Database {
  #driver;
  #patience;

  /** A driver has `query`, `isLost` (whether an error means that the connection is gone) and `close`. */
  constructor(driver, { patience }) {
    this.#driver = driver;
    this.#patience = patience;
  }

  /** A statement may be sent twice, so it must not matter whether it is. */
  async query(statement, values = [], { patience = this.#patience } = {}) {
    const deadline = performance.now() + patience * 1000;
    for (let pause = 50; ; pause = Math.min(2 * pause, 500)) {
      try {
        return await this.#driver.query(statement, values);
      } catch (error) {
        if (!this.#driver.isLost(error)) throw error;
        if (performance.now() + pause >= deadline) throw new Unavailable(error.message, { cause: error });
      }
      await sleep(pause);
    }
  }

  close() {
    return this.#driver.close();
  }
}
