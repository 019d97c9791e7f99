import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import type { Holder } from "@evenkeel/runner";

/** Who we are, for others who come to the same host. */
export function holderFor(reason: string): Holder {
  return {
    owner: `${userInfo().username}@${hostname()}`,
    machine: machineId(),
    process: process.pid,
    since: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    reason,
  };
}

/** The boot, too: a process id of an earlier boot is nobody's. */
function machineId(): string {
  const parts = ["/etc/machine-id", "/proc/sys/kernel/random/boot_id"].map((path) => {
    try {
      return readFileSync(path, "utf8").trim();
    } catch {
      return hostname();
    }
  });
  return parts.join("/");
}
