import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { gatherWrites } from "./gather-writes.ts";

test("the pieces of a packet go out together, and what comes later by itself", async () => {
  const gone: number[] = [];
  const take = (count: number, done: () => void) => {
    gone.push(count);
    done();
  };
  const socket = new Duplex({
    write: (_chunk, _encoding, done) => take(1, done),
    writev: (chunks, done) => take(chunks.length, done),
  });
  gatherWrites(socket as Socket);
  for (const piece of ["length", "packet", "seal"]) socket.write(piece);
  expect(gone).toEqual([]);
  await new Promise(setImmediate);
  expect(gone).toEqual([3]);
  socket.write("more");
  await new Promise(setImmediate);
  expect(gone).toEqual([3, 1]);
});
