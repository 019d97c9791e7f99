import type { Socket } from "node:net";

/**
 * What is written at one moment goes out together. ssh2 writes each packet in three pieces, of which every one would be a
 * call of the system here, a segment on the wire and a wake-up over there.
 */
export function gatherWrites(socket: Socket): void {
  const write = socket.write.bind(socket) as (...words: unknown[]) => boolean;
  let isGathering = false;
  socket.write = (...words: unknown[]) => {
    if (!isGathering) {
      isGathering = true;
      socket.cork();
      process.nextTick(() => {
        isGathering = false;
        socket.uncork();
      });
    }
    return write(...words);
  };
}
