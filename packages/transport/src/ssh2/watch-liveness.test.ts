import { PassThrough, Writable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchLiveness } from "./watch-liveness.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("silence is noticed within 45 s, and not before 35", async () => {
  const onDead = vi.fn();
  watchLiveness(new PassThrough(), onDead);
  await vi.advanceTimersByTimeAsync(35_000);
  expect(onDead).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(onDead).toHaveBeenCalled();
});

test("any byte that comes is a sign of life", async () => {
  const onDead = vi.fn();
  const stream = new PassThrough();
  watchLiveness(stream, onDead);
  for (let times = 0; times < 10; times++) {
    await vi.advanceTimersByTimeAsync(30_000);
    stream.write("x");
  }
  expect(onDead).not.toHaveBeenCalled();
});

test("a queue that shrinks is one too; a queue that stands still is none", async () => {
  const onDead = vi.fn();
  const slow = slowWriter();
  watchLiveness(slow.stream, onDead);
  for (let chunk = 0; chunk < 100; chunk++) slow.stream.write(Buffer.alloc(1000));
  for (let times = 0; times < 20; times++) {
    slow.drainOne();
    await vi.advanceTimersByTimeAsync(20_000);
  }
  expect(onDead).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(45_000);
  expect(onDead).toHaveBeenCalled();
});

function slowWriter() {
  let done = (): void => undefined;
  const stream = new Writable({
    write(_chunk, _encoding, callback) {
      done = callback;
    },
  });
  return { stream: stream as never as PassThrough, drainOne: () => done() };
}

test("it ends when it is stopped", async () => {
  const onDead = vi.fn();
  watchLiveness(new PassThrough(), onDead)();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(onDead).not.toHaveBeenCalled();
});
