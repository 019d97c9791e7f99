import { spawn } from "node:child_process";
import { once } from "node:events";
import { findHost } from "./find-host.ts";

/** Becomes the machine's own ssh client, with the lab's key and nothing of the user's; ends with its status. */
export async function ssh(name: string, command: readonly string[], { user }: { user: string }): Promise<void> {
  const { lab, host } = await findHost(name);
  const child = spawn("ssh", [...lab.sshArguments(), `${user}@${host.address}`, ...command], { stdio: "inherit" });
  // Ctrl-C is for what runs on the host.
  process.on("SIGINT", () => undefined);
  const [status] = (await once(child, "close")) as [number | null];
  process.exitCode = status ?? 1;
}
