import { expect, test } from "vitest";
import { ConnectionPool } from "./connection-pool.ts";

test("fills up first, then uses the one that has rested longest", async () => {
  const { pool, opened } = poolOf(2);
  const [first, second] = [await use(pool), await use(pool)];
  expect([await use(pool), await use(pool), await use(pool)]).toEqual([first, second, first]);
  expect(opened).toHaveLength(2);
});

test("lends more than it keeps when all are busy", async () => {
  const { pool, opened } = poolOf(1);
  const lent = [await pool.borrow(), await pool.borrow(), await pool.borrow()];
  for (const one of lent) pool.giveBack(one);
  expect(opened.map(({ isOpen }) => isOpen)).toEqual([false, false, true]);
});

test("forgets what the server closes at rest, and counts it", async () => {
  const { pool, opened, counts } = poolOf(1);
  const first = await use(pool);
  first.onIdleEnd?.();
  expect(await use(pool)).not.toBe(first);
  expect([opened.length, counts.closedWhileIdle]).toEqual([2, 1]);
});

test("a connection that must be new is, and one that broke is not kept", async () => {
  const { pool, opened } = poolOf(1);
  const first = await use(pool);
  const fresh = await pool.borrow(true);
  expect(fresh).not.toBe(first);
  fresh.isOpen = false;
  pool.giveBack(fresh);
  expect(await use(pool)).toBe(first);
  expect(opened).toHaveLength(2);
});

function poolOf(size: number) {
  const opened: FakeConnection[] = [];
  const counts = { closedWhileIdle: 0 };
  const open = async () => {
    const connection = new FakeConnection();
    opened.push(connection);
    return connection;
  };
  return { pool: new ConnectionPool(size, open, counts), opened, counts };
}

class FakeConnection {
  isOpen = true;
  onIdleEnd: (() => void) | undefined;

  close(): void {
    this.isOpen = false;
  }
}

async function use(pool: ConnectionPool<FakeConnection>): Promise<FakeConnection> {
  const connection = await pool.borrow();
  pool.giveBack(connection);
  return connection;
}
