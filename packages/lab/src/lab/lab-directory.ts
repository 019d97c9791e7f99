import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../machine/run-command.ts";

/** Where a lab's keys and known hosts lie; its path is written on the lab's network. */
export const labDirectory = (name: string): string =>
  join(process.env.XDG_STATE_HOME || join(homedir(), ".local", "state"), "evenkeel", "labs", name);

export const identityFileIn = (directory: string): string => join(directory, "id_ed25519");

export const knownHostsFileIn = (directory: string): string => join(directory, "known_hosts");

export const inventoryFileIn = (directory: string): string => join(directory, "inventory.ini");

/** Makes the folder and the lab's own key. */
export async function makeLabDirectory(directory: string, deployPassword: string): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, "deploy-password"), `${deployPassword}\n`, { mode: 0o600 });
  writeFileSync(knownHostsFileIn(directory), "", { mode: 0o600 });
  const key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", identityFileIn(directory)];
  await runCommand(key);
}

export const readPublicKey = (directory: string): string =>
  readFileSync(`${identityFileIn(directory)}.pub`, "utf8").trim();

export const readDeployPassword = (directory: string): string =>
  readFileSync(join(directory, "deploy-password"), "utf8").trim();

/** A kept lab outlives the process that made it. */
export const isKept = (directory: string): boolean => existsSync(join(directory, "kept"));

export const markKept = (directory: string): void => writeFileSync(join(directory, "kept"), "");
