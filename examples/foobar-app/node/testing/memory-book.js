import { Unavailable } from "../src/database.js";

/** A log that is kept in memory: what the pages do with it is what the tests are about. */
export class MemoryBook {
  entries = [];
  isDown = false;

  async latest(limit, before = Number.POSITIVE_INFINITY) {
    this.check();
    return this.entries
      .filter(({ number }) => number < before)
      .reverse()
      .slice(0, limit);
  }

  async find(id) {
    this.check();
    return this.entries.find((entry) => entry.id === id);
  }

  async sign(id, name, message) {
    const createdAt = new Date("2026-01-02T03:04:05Z");
    if (!(await this.find(id))) this.entries.push({ number: this.entries.length + 1, id, name, message, createdAt });
  }

  async page(slug) {
    this.check();
    const pages = {
      welcome: { title: "Welcome", body: "First.\n\n<Second> & last." },
      about: { title: "About", body: "Us." },
    };
    return pages[slug];
  }

  check() {
    if (this.isDown) throw new Unavailable("it is down");
  }
}
