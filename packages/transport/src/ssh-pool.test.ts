import { expect, test } from "vitest";
import type { Link } from "./link.ts";
import { SshPool } from "./ssh-pool.ts";

test("eight turns at a door; the ninth waits for one to be given up", async () => {
  const pool = new SshPool();
  const turns = await Promise.all(Array.from({ length: 8 }, () => pool.enter("web:22")));
  const ninth = pool.enter("web:22");
  let isIn = false;
  void ninth.then(() => {
    isIn = true;
  });
  await pool.enter("db:22");
  expect(isIn).toBe(false);
  turns[0]?.();
  await ninth;
});

test("who gives up waiting leaves the queue", async () => {
  const pool = new SshPool();
  const turns = await Promise.all(Array.from({ length: 8 }, () => pool.enter("web:22")));
  const abort = new AbortController();
  const ninth = pool.enter("web:22", abort.signal);
  const tenth = pool.enter("web:22");
  abort.abort(new Error("enough"));
  await expect(ninth).rejects.toThrow("enough");
  turns[0]?.();
  await tenth;
});

function fakeLink() {
  const closed = Promise.withResolvers<{ expected: boolean; reason: string }>();
  let closings = 0;
  const close = async () => {
    closings++;
    closed.resolve({ expected: true, reason: "" });
  };
  return { link: { closed: closed.promise, close } as unknown as Link, die: close, closings: () => closings };
}

test("a bastion is opened once, and closed by the last who leaves it", async () => {
  const pool = new SshPool();
  const { link, closings } = fakeLink();
  let openings = 0;
  const open = async () => {
    openings++;
    return link;
  };
  const [first, second] = await Promise.all([pool.borrow("b", open), pool.borrow("b", open)]);
  await first?.giveBack();
  expect([openings, closings()]).toEqual([1, 0]);
  await second?.giveBack();
  expect(closings()).toBe(1);
});

test("a bastion that died or could not be opened is opened anew", async () => {
  const pool = new SshPool();
  await expect(pool.borrow("b", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  const dead = fakeLink();
  await pool.borrow("b", async () => dead.link);
  await dead.die();
  const fresh = fakeLink();
  expect((await pool.borrow("b", async () => fresh.link)).link).toBe(fresh.link);
});
