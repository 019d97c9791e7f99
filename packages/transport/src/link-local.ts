import { spawn } from "node:child_process";
import { connect } from "node:net";
import type { Channel, ChannelEnd, Link } from "./link.ts";

/** This machine, by the same words as any host. */
export function openLocalLink(): Link {
  const channels = new Set<Channel>();
  const closed = Promise.withResolvers<{ expected: boolean; reason: string }>();
  return {
    closed: closed.promise,
    async open(command) {
      const channel = await openChannel(command);
      channels.add(channel);
      void channel.end.then(() => channels.delete(channel));
      return channel;
    },
    async tunnel(target) {
      const socket = "socketPath" in target ? connect(target.socketPath) : connect(target.port, target.host);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      socket.once("connect", resolve).once("error", reject);
      await promise;
      return socket;
    },
    async close() {
      for (const channel of channels) channel.close();
      closed.resolve({ expected: true, reason: "closed" });
    },
  };
}

async function openChannel(command: string): Promise<Channel> {
  // A session of its own: Ctrl-C in our terminal is ours to handle, not the shell's.
  const child = spawn("/bin/sh", ["-c", command], { detached: true, stdio: "pipe" });
  const spawned = Promise.withResolvers<void>();
  const end = Promise.withResolvers<ChannelEnd>();
  child.once("spawn", spawned.resolve).once("error", spawned.reject);
  // `exit`, then what is left in the pipes; a daemon may hold them open, so `close` is not waited for beyond that.
  child.once("exit", (code, signal) =>
    setImmediate(() => end.resolve(signal ? { kind: "signalled", signal } : { kind: "exited", code: code ?? 0 })),
  );
  await spawned.promise;
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    end: end.promise,
    close() {
      child.stdin.end();
      child.stdin.destroy();
    },
  };
}
