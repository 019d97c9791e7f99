import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { heardElsewhere } from "../heard-elsewhere.ts";
import type { Channel, ChannelEnd } from "../link.ts";
import type { SshMaster } from "./ssh-master.ts";
import { sshEnvironment } from "./ssh-master.ts";

/** Runs a command over a master's connection. Its refusal shows in the channel's end, since ssh does not wait either. */
export async function openMuxChannel(master: SshMaster, command: string): Promise<Channel> {
  const refused = join(master.directory, `refused-${randomUUID()}`);
  const child = spawn("ssh", [...muxArguments(master, refused), "-T", "-e", "none", "--", "mux", command], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    env: sshEnvironment(),
  });
  const end = Promise.withResolvers<ChannelEnd>();
  const spawned = Promise.withResolvers<void>();
  child.once("spawn", spawned.resolve).once("error", spawned.reject);
  child.stdin.on("error", heardElsewhere);
  child.once("exit", (code, signal) => {
    if (code !== null && code !== 255) end.resolve({ kind: "exited", code });
    else if (code === null) end.resolve({ kind: "lost", reason: `the local ssh was ended by ${signal}` });
    else void judge255(master, refused).then(end.resolve);
  });
  await spawned.promise;
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    end: end.promise,
    close: () => {
      child.kill();
    },
  };
}

/**
 * A client that a master turns away would log in by itself, with other options than ours: its way out is a command
 * that leaves a mark and fails.
 */
export function muxArguments(master: SshMaster, mark: string): string[] {
  return ["-F", "none", "-o", "ControlMaster=no", "-S", master.controlPath, "-o", `ProxyCommand=: > ${mark}; exit 1`];
}

/** 255 is a command's own code, or ssh's for everything: turned away, connection lost. */
async function judge255(master: SshMaster, refused: string): Promise<ChannelEnd> {
  if (!(await isAlive(master))) return { kind: "lost", reason: (await master.ended) || "the connection was lost" };
  const isRefused = await access(refused).then(
    () => true,
    () => false,
  );
  return isRefused
    ? { kind: "lost", reason: "the host refused to open one more channel (sshd's MaxSessions is ten)" }
    : { kind: "exited", code: 255 };
}

function isAlive({ controlPath }: SshMaster): Promise<boolean> {
  return new Promise((resolve) => {
    execFile("ssh", ["-F", "none", "-S", controlPath, "-O", "check", "mux"], (error) => resolve(error === null));
  });
}
