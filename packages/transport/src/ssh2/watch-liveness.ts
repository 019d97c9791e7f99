import type { Duplex } from "node:stream";

const TICK_MS = 5_000;
const SILENT_TICKS = 8;

/** How often ssh2 asks an idle server for a sign of life; twice within the time that `watchLiveness` grants. */
export const PING_EVERY_MS = 15_000;

/**
 * Calls `onDead` after 40 s in which no byte came and none left. ssh2's own keepalive counts answers to its pings only,
 * and those queue behind data: it ends a slow upload though bytes flow. Ticks are counted, not seconds, so that a
 * controller that slept (a lid closed, a SIGSTOP) does not take its own absence for the host's.
 */
export function watchLiveness(stream: Duplex, onDead: (reason: string) => void): () => void {
  let silentTicks = 0;
  let queued = 0;
  const onData = () => {
    silentTicks = 0;
  };
  stream.on("data", onData);
  const timer = setInterval(() => {
    silentTicks = stream.writableLength < queued ? 0 : silentTicks + 1;
    queued = stream.writableLength;
    if (silentTicks >= SILENT_TICKS) onDead(`no sign of life for ${(SILENT_TICKS * TICK_MS) / 1000} s`);
  }, TICK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    stream.off("data", onData);
  };
}
