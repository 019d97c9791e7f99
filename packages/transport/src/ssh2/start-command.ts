import type { Duplex } from "node:stream";
import { ConnectError } from "@evenkeel/core";
import type { Client } from "ssh2";
import type { CommandChannel } from "./command-channel.ts";
import { commandChannel } from "./command-channel.ts";

/** A host that is alive says yes or no by then. */
const ANSWER_MS = 60_000;

/**
 * Opens a channel and starts a command in it. That the host's "yes" is waited for costs nothing: until then OpenSSH
 * takes no input (a new channel's window is empty).
 */
export function startCommand(client: Client, host: string, command: string, socket: Duplex): Promise<CommandChannel> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(tooSlow(host));
    }, ANSWER_MS);
    client.exec(command, (error, channel) => {
      clearTimeout(timer);
      if (error) reject(explain(host, error));
      else if (isLate) channel.close();
      // At once: a quick command's status may be in the same packet, and would be told before a promise's turn comes.
      else resolve(commandChannel(channel, socket));
    });
  });
}

function tooSlow(host: string): ConnectError {
  return new ConnectError({
    code: "connect/timeout",
    message: `${host} did not start a command within ${ANSWER_MS / 1000} s`,
    host,
    hint: "the host is alive and does nothing: is it out of memory, or does its disk hang?",
  });
}

function explain(host: string, cause: Error & { reason?: unknown }): ConnectError {
  // Only a channel that was not opened has a reason; a command that was not started has none.
  const isChannel = cause.reason !== undefined;
  return new ConnectError({
    code: isChannel ? "connect/channel-refused" : "connect/command-refused",
    message: `${host} refused to ${isChannel ? "open one more channel" : "start a command"}`,
    host,
    detail: cause.message,
    hint: isChannel
      ? "sshd allows ten at once (MaxSessions in sshd_config), and none where a key or user is limited to forwarding"
      : "is the user, or the key, limited to something else (file transfer, git)?",
    cause,
  });
}
