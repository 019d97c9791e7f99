import { ConnectError } from "@evenkeel/core";
import type { Client, ClientChannel } from "ssh2";

/**
 * Opens a channel and starts a command in it. That the host's "yes" is waited for costs nothing: until then OpenSSH
 * takes no input (a new channel's window is empty).
 */
export function startCommand(client: Client, host: string, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) reject(explain(host, error));
      else resolve(channel);
    });
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
