import { ConnectError } from "@evenkeel/core";
import type { Client } from "ssh2";
import { heardElsewhere } from "../heard-elsewhere.ts";
import type { ChannelAnswer, OpenedChannel } from "./internals.ts";
import { internalsOf } from "./internals.ts";

const WINDOW = 2 * 1024 * 1024;
const PACKET = 32 * 1024;

/** A channel whose command has been asked for; `refused` tells if the host would not start it. */
export interface StartedCommand {
  readonly channel: OpenedChannel;
  onRefused: (reason: string) => void;
}

/**
 * Opens a channel and asks for a command, not waiting for the host's "yes": what is written to the channel travels
 * with the request. ssh2's own `exec` waits, which costs each login one round trip.
 */
export function startCommand(client: Client, host: string, command: string): Promise<StartedCommand> {
  const { _chanMgr, _protocol } = internalsOf(client);
  return new Promise((resolve, reject) => {
    const answer: ChannelAnswer = Object.assign(
      (error: Error | undefined, channel: OpenedChannel) => {
        if (error !== undefined) {
          reject(explainRefusal(host, error));
          return;
        }
        const started: StartedCommand = { channel, onRefused: heardElsewhere };
        channel._callbacks.push((refused) => {
          if (refused) started.onRefused("the host refused to start a command");
        });
        channel.subtype = "exec";
        _protocol.exec(channel.outgoing.id, command, true);
        resolve(started);
      },
      { type: "session" },
    );
    _protocol.session(_chanMgr.add(answer), WINDOW, PACKET);
  });
}

function explainRefusal(host: string, cause: Error): ConnectError {
  return new ConnectError({
    code: "connect/channel-refused",
    message: `${host} refused to open one more channel`,
    host,
    detail: cause.message,
    hint: "sshd allows ten at once (MaxSessions in sshd_config), and none where a key or user is limited to forwarding",
    cause,
  });
}
