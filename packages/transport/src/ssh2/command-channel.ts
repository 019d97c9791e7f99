import type { Duplex } from "node:stream";
import type { ClientChannel } from "ssh2";
import { heardElsewhere } from "../heard-elsewhere.ts";
import type { Channel, ChannelEnd } from "../link.ts";
import { ChannelInput } from "./channel-input.ts";

/** A started command as a `Channel`, and `cut` for when its link is lost. */
export interface CommandChannel extends Channel {
  cut(reason: string): void;
}

export function commandChannel(channel: ClientChannel, socket: Duplex): CommandChannel {
  const stdin = new ChannelInput(channel, socket);
  const { promise: end, resolve } = Promise.withResolvers<ChannelEnd>();
  const cut = (reason: string) => {
    resolve({ kind: "lost", reason });
    stdin.cut(reason);
  };
  // The command is over when its status comes; its output may still be on the way, and a daemon may hold it open for ever.
  channel.on("exit", (code: number | null, signal?: string) => {
    resolve(code === null ? { kind: "signalled", signal: signal ?? "unknown" } : { kind: "exited", code });
  });
  channel.on("close", () => cut("the channel was closed without an exit status"));
  channel.on("error", (error: Error) => cut(error.message));
  channel.stderr.on("error", heardElsewhere);
  return { stdin, stdout: channel, stderr: channel.stderr, end, close: () => channel.close(), cut };
}
