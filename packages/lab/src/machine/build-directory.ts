import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isProcessAlive, processIdentity } from "./process-identity.ts";
import { runCommand } from "./run-command.ts";

// Not /tmp, which may be a small part of memory: a base image needs some hundred megabytes while it is made.
const parent = "/var/tmp";
const prefix = "evenkeel-lab-build-";

/** Lends `work` an empty folder on disk, and removes it with all that root may have put there. */
export async function withBuildDirectory<T>(
  privilege: readonly string[],
  work: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(parent, prefix));
  // apt fetches as a user of its own, who must be able to pass.
  chmodSync(directory, 0o755);
  writeFileSync(join(directory, "owner"), processIdentity());
  try {
    return await work(directory);
  } finally {
    await runCommand([...privilege, "rm", "-rf", "--one-file-system", directory]);
  }
}

/** Removes what builds that were killed have left. */
export async function sweepBuildDirectories(privilege: readonly string[]): Promise<void> {
  const left = readdirSync(parent).filter((name) => name.startsWith(prefix));
  const dead = left.map((name) => join(parent, name)).filter(isAbandoned);
  if (dead.length > 0) await runCommand([...privilege, "rm", "-rf", "--one-file-system", ...dead], { check: false });
}

function isAbandoned(directory: string): boolean {
  try {
    return !isProcessAlive(readFileSync(join(directory, "owner"), "utf8"));
  } catch {
    // Another user's, or made this very moment: not ours to judge.
    return false;
  }
}
