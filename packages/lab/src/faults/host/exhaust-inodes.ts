import { coverFolder, FILLER } from "./cover-folder.ts";
import type { FaultHost, HostFault } from "./host-fault.ts";

/** Makes a folder of the host a disk of its own without a free inode: nothing new can be made in it, though there is room. */
export function exhaustInodes(host: FaultHost, path: string, { leave = 0 }: ExhaustInodes = {}): Promise<HostFault> {
  return coverFolder(host, { path, leave, spareInodes: leave + SPARE, fill });
}

export interface ExhaustInodes {
  /** How many files can still be made. None when not given. */
  leave?: number;
}

// The filler is a folder, and hard links share an inode, so there are a few more than needed until they are used up.
const SPARE = 16;

const fill = `
mkdir ${FILLER}
made=0
while touch ${FILLER}/$made 2>/dev/null; do made=$((made + 1)); done
while [ $1 -gt 0 ]; do
  made=$((made - 1))
  rm ${FILLER}/$made
  set -- $(($1 - 1))
done
`;
