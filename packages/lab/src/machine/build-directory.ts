import { chmodSync, mkdtempSync, readdirSync } from "node:fs";
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
  const directory = mkdtempSync(join(parent, `${prefix}${processIdentity().replaceAll("/", "_")}_`));
  // apt fetches as a user of its own, who must be able to pass.
  chmodSync(directory, 0o755);
  try {
    return await work(directory);
  } finally {
    await runCommand([...privilege, "rm", "-rf", "--one-file-system", directory]);
  }
}

/** Removes what builds that were killed have left. */
export async function sweepBuildDirectories(privilege: readonly string[]): Promise<void> {
  const dead = readdirSync(parent).filter((name) => name.startsWith(prefix) && !isProcessAlive(ownerOf(name)));
  const paths = dead.map((name) => join(parent, name));
  // Tools of a killed build may still be ending, and write there; then the next sweep gets it.
  if (paths.length > 0) await runCommand([...privilege, "rm", "-rf", "--one-file-system", ...paths], { check: false });
}

const ownerOf = (name: string): string => name.slice(prefix.length).split("_").slice(0, -1).join("/");
