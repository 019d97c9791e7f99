import { coverFolder, FILLER } from "./cover-folder.ts";
import type { FaultHost, HostFault } from "./host-fault.ts";

/** Makes a folder of the host a disk of its own that is full: writing in it fails with ENOSPC. */
export function fillDisk(
  host: FaultHost,
  path: string,
  { size = "16m", leave = 0 }: FillDisk = {},
): Promise<HostFault> {
  return coverFolder(host, { path, leave, size, fill });
}

export interface FillDisk {
  /** Of the whole disk, the folder's contents included, as tmpfs reads it: "1m", "512k". It takes that much memory. 16m when not given. */
  size?: string;
  /** Bytes left free, in whole pages of 4096. None when not given. */
  leave?: number;
}

const fill = `
dd if=/dev/zero of=${FILLER} bs=65536 2>/dev/null || true
size=$(stat -c %s ${FILLER})
[ "$1" -le "$size" ]
truncate -s $((size - $1)) ${FILLER}
`;
