import { readWords } from "@evenkeel/core";

/**
 * Reads a length from stdin and runs that many bytes of script. `dd` is used because it reads no byte too many from a
 * pipe on any host (busybox `head -c` does), and the script is not the shell's stdin because dash reads that ahead.
 */
export const boot =
  'PATH=${PATH:-/bin}:/usr/bin:/bin; read -r n && eval "$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null)"';

/** What a login shell is asked to run: one constant line that means the same in sh, bash, zsh, fish and csh. */
export const bootCommand = `exec /bin/sh -c '${boot}'`;

/** What the boot command is fed with: see driver.sh. */
export const driver = readWords(new URL("./driver.sh", import.meta.url));
