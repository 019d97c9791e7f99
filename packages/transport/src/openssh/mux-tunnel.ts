import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { ConnectError } from "@evenkeel/core";
import { heardElsewhere } from "../heard-elsewhere.ts";
import type { TunnelTarget } from "../link.ts";
import { ChildStream } from "./child-stream.ts";
import { ForwardedSocket } from "./forwarded-socket.ts";
import { muxArguments } from "./mux-channel.ts";
import type { SshMaster } from "./ssh-master.ts";
import { sshEnvironment } from "./ssh-master.ts";

/** A stream to somewhere that the host can reach. A refusal is the stream's error: ssh does not tell before. */
export function openMuxTunnel(master: SshMaster, target: TunnelTarget): Promise<Duplex> {
  return "socketPath" in target ? openSocketTunnel(master, target.socketPath) : openTcpTunnel(master, target);
}

async function openTcpTunnel(master: SshMaster, target: { host: string; port: number }): Promise<Duplex> {
  const place = target.host.includes(":") ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
  const mark = join(master.directory, `refused-${randomUUID()}`);
  const child = spawn("ssh", [...muxArguments(master, mark), "-W", place, "--", "mux"], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    env: sshEnvironment(),
  });
  await once(child, "spawn");
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-4096);
  });
  return new ChildStream(child, () => explain(master.name, place, words.trim()));
}

/** The listening end has the narrowest life possible: one connection, in our private directory. */
async function openSocketTunnel(master: SshMaster, socketPath: string): Promise<Duplex> {
  const local = join(master.directory, `t${randomUUID().slice(0, 8)}`);
  const forward = `${local}:${socketPath}`;
  await control(master, ["-O", "forward", "-L", forward]);
  const refused = master.nextWords().then((words) => explain(master.name, socketPath, words.trim()));
  const socket = connect(local);
  const tunnel = new ForwardedSocket(socket, refused).on("error", heardElsewhere);
  try {
    await once(socket, "connect");
  } finally {
    await control(master, ["-O", "cancel", "-L", forward]);
    await rm(local, { force: true });
  }
  // Whoever is refused at once is told at once.
  if (tunnel.errored) throw tunnel.errored;
  return tunnel;
}

async function control(master: SshMaster, argv: readonly string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  execFile("ssh", ["-F", "none", "-S", master.controlPath, ...argv, "mux"], (error, _stdout, stderr) => {
    if (error === null) resolve();
    else reject(explain(master.name, argv.at(-1)?.split(":").slice(1).join(":") ?? "", stderr.trim()));
  });
  await promise;
}

function explain(name: string, place: string, words: string): ConnectError {
  return new ConnectError({
    code: "connect/tunnel-refused",
    message: `${name} opened no tunnel to ${place}`,
    host: name,
    ...(words && { detail: words }),
    hint: "does something listen there, and does sshd_config allow it (AllowTcpForwarding, AllowStreamLocalForwarding)?",
  });
}
