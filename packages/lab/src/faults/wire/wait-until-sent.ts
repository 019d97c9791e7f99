import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { platform } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Resolves when the peer's kernel has everything that was written to the socket, or after two seconds, or when it is closed. */
export async function waitUntilSent(socket: Socket): Promise<void> {
  const deadline = performance.now() + 2000;
  while (!socket.destroyed && performance.now() < deadline) {
    if (socket.writableLength === 0 && (await unsentBytes(socket)) === 0) return;
    await sleep(2);
  }
}

/** What the kernel still holds. Node does not tell, Linux does; elsewhere (a laptop's macOS) this is a hope, and the README says so. */
async function unsentBytes({ localPort, remotePort, localFamily }: Socket): Promise<number> {
  if (platform() !== "linux" || localPort === undefined || remotePort === undefined) return 0;
  const table = await readFile(localFamily === "IPv6" ? "/proc/net/tcp6" : "/proc/net/tcp", "latin1");
  return findUnsentBytes(table, { localPort, remotePort });
}

/** Reads `tx_queue` of the socket with these ports out of /proc/net/tcp: https://docs.kernel.org/networking/proc_net_tcp.html */
export function findUnsentBytes(table: string, ports: { localPort: number; remotePort: number }): number {
  const line = new RegExp(`: \\w+:${hex(ports.localPort)} \\w+:${hex(ports.remotePort)} \\w\\w (\\w+):`);
  return Number.parseInt(line.exec(table)?.[1] ?? "0", 16);
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, "0");
}
