import { runCommand } from "./run-command.ts";

/** What to put before a command so that it runs as root: nothing, `sudo -n`, or undefined when neither is to be had. */
export async function findPrivilege(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  const sudo = await runCommand(["sudo", "-n", "true"], { check: false });
  return sudo.code === 0 ? ["sudo", "-n"] : undefined;
}
