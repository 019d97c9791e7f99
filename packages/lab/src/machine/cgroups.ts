import { statfsSync } from "node:fs";
import { runCommand } from "./run-command.ts";

const CGROUP2_MAGIC = 0x63677270;

/** Whether the machine shows its control groups the way every systemd of today accepts (version 2, and nothing else). */
export function hasPureCgroup2(): boolean {
  return statfsSync("/sys/fs/cgroup").type === CGROUP2_MAGIC;
}

/**
 * On a machine with cgroup v1 or both, a command behind this prefix sees only cgroup2, and so do the hosts that it starts:
 * systemd >= 258 boots on nothing else. It lasts as long as the command and changes nothing for the machine.
 */
export const behindCgroup2: readonly string[] = [
  "unshare",
  "--mount",
  "--propagation",
  "unchanged",
  "sh",
  "-c",
  'mount --make-rprivate /sys && umount -R /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup && exec "$@"',
  "sh",
];

/**
 * Podman keeps its network namespaces as mounts below /run/netns. It makes that folder shared when it is first used, which
 * must happen out here: inside `behindCgroup2` it would end with the command, and the namespaces with it.
 */
export async function shareNetworkNamespaces(privilege: readonly string[]): Promise<void> {
  const script =
    "mkdir -p /run/netns && { mountpoint -q /run/netns || { mount --bind /run/netns /run/netns && mount --make-rshared /run/netns; }; }";
  await runCommand([...privilege, "sh", "-c", script]);
}
