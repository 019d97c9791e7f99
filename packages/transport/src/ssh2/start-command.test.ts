import { PassThrough } from "node:stream";
import type { Client } from "ssh2";
import { expect, test, vi } from "vitest";
import { startCommand } from "./start-command.ts";

test("a host that neither starts a command nor says no is given up, and let go when it starts it after all", async () => {
  vi.useFakeTimers();
  let start: ((error: undefined, channel: { close: () => void }) => void) | undefined;
  const client = { exec: (_command: string, answer: typeof start) => (start = answer) };
  const starting = startCommand(client as never as Client, "web", "true", new PassThrough());
  const refused = expect(starting).rejects.toMatchObject({
    name: "ConnectError",
    code: "connect/timeout",
    host: "web",
  });
  await vi.advanceTimersByTimeAsync(60_000);
  await refused;
  const close = vi.fn();
  start?.(undefined, { close });
  expect(close).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test("a command whose status comes with the word that it has started has that status", async () => {
  const channel = Object.assign(new PassThrough(), { stderr: new PassThrough() });
  const client = {
    exec: (_command: string, answer: (error: undefined, channel: PassThrough) => void) => {
      setImmediate(() => {
        answer(undefined, channel);
        channel.emit("exit", 255);
        channel.emit("close");
      });
    },
  };
  const { end } = await startCommand(client as never as Client, "web", "exit 255", new PassThrough());
  expect(await end).toEqual({ kind: "exited", code: 255 });
});
