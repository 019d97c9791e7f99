import assert from "node:assert/strict";
import { test } from "node:test";
import { Database, Unavailable } from "../src/database.js";

class Lost extends Error {}

/** A driver whose server is away for so many statements. */
const driver = (absences) => ({
  asked: 0,
  async query() {
    if (this.asked++ < absences) throw new Lost("gone");
    return ["answer"];
  },
  isLost: (error) => error instanceof Lost,
});

test("a short absence is waited for", async () => {
  const away = driver(2);
  assert.deepEqual(await new Database(away, { patience: 5 }).query("SELECT 1"), ["answer"]);
  assert.equal(away.asked, 3);
});

test("a long one is not", async () => {
  const since = performance.now();
  await assert.rejects(
    new Database(driver(Number.POSITIVE_INFINITY), { patience: 0.2 }).query("SELECT 1"),
    Unavailable,
  );
  assert.ok(performance.now() - since < 2000);
});

test("a wrong statement is not sent again", async () => {
  const wrong = { asked: 0, query: () => Promise.reject(new Error(`syntax ${++wrong.asked}`)), isLost: () => false };
  await assert.rejects(new Database(wrong, { patience: 5 }).query("SELECT"), /syntax 1/);
  assert.equal(wrong.asked, 1);
});
