import type { FaultHost, HostFault } from "./host-fault.ts";
import { hostFault, script } from "./host-fault.ts";

/** Makes a folder or a file of the host read-only: opening for writing fails with EROFS, also for root. What is open already stays. */
export async function readOnly(host: FaultHost, path: string): Promise<HostFault> {
  await host.enter(script(protect, path));
  return hostFault(() => host.enter(script(release, path)));
}

const protect = `
[ "$1" != / ] || { echo "/ cannot be made read-only; name a folder in it" >&2; exit 2; }
[ -e "$1" ] || { echo "there is no $1" >&2; exit 2; }
mount --bind "$1" "$1"
mount -o remount,bind,ro "$1"
`;

const release = `
if grep -q " $1 .*[ ,]ro[ ,]" /proc/self/mounts; then umount -l "$1"; fi
`;
