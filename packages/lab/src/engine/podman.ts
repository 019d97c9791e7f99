import { canRaiseLimits } from "../machine/can-raise-limits.ts";
import { behindCgroup2, hasPureCgroup2, shareNetworkNamespaces } from "../machine/cgroups.ts";
import { runCommand } from "../machine/run-command.ts";
import { Engine } from "./engine.ts";

/** What podman needs of Debian to run hosts: a runtime, its network's helpers, and the means to make a key. */
export const podmanPackages = ["podman", "runc", "netavark", "iptables", "nftables", "openssh-client"] as const;

/** Podman as root, if it is there and answers; the problem, if it is there and does not. */
export async function findPodman(privilege: readonly string[]): Promise<{ engine?: Engine; problem?: string }> {
  const isPure = hasPureCgroup2();
  if (!isPure) await shareNetworkNamespaces(privilege);
  // crun wants to raise limits for itself, and some of its versions refuse a machine that has cgroup v1 as well.
  const runtime = isPure && (await canRaiseLimits(privilege)) ? [] : ["--runtime=runc"];
  const command = [...privilege, ...(isPure ? [] : behindCgroup2), "podman", "--log-level=error", ...runtime];
  const version = await runCommand([...privilege, "podman", "--version"], { check: false });
  if (version.code !== 0) return {};
  const info = await runCommand([...command, "info", "--format={{.Host.Arch}}"], { check: false, timeoutSeconds: 30 });
  if (info.code !== 0) return { problem: `podman does not answer: ${info.stderr.trim()}` };
  return { engine: new Engine({ kind: "podman", command, privilege }) };
}
