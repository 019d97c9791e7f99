import { spawnSync } from "node:child_process";
import type { Host, Lab } from "../src/index.ts";

/** Runs a script on a host as a user would: through the machine's own ssh client. */
export function sshTo(
  lab: Lab,
  host: Host,
  { user, script, input = "" }: { user: string; script: string; input?: string },
) {
  const argv = [...lab.sshArguments(), "-o", "BatchMode=yes", `${user}@${host.address}`, script];
  const { status, stdout, stderr } = spawnSync("ssh", argv, { encoding: "utf8", input });
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}
