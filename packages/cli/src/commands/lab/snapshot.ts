import { findHost } from "./find-host.ts";
import { progress } from "./progress.ts";

/** Keeps a host's disk under a name, beyond its lab. */
export async function snapshot(hostName: string, name: string): Promise<void> {
  const { host } = await findHost(hostName);
  progress(`keeping the disk of ${host.name}`);
  await host.snapshot(name, { keep: true });
  process.stdout.write(`${host.name} is kept as ${name}\n  boot from it  evenkeel lab up --snapshot ${name}\n`);
}
