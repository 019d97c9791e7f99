import { defineKind } from "@evenkeel/core";

/** Which boot of a host this is. */
export interface BootState {
  /** The kernel's own number for it, and when its first process began: a container shares the kernel with others. */
  readonly id?: string;
}

/** The host's boot; there is one of them, under any key. What is done to it is the act of rebooting. */
export const boot = defineKind<BootState, never>({
  name: "boot",
  read: () => bootIdScript,
  parse(output, keys) {
    const id = Buffer.from(output).toString().trim();
    return new Map(keys.map((key) => [key, { id }]));
  },
  ensure: () => [],
  isAsPlanned: () => true,
  isAbsent: () => false,
  isMoving: true,
  unsettles: () => [{ kind: "*", isDoubt: true, because: "the host is rebooted before" }],
  describe: ({ id }) => ({ ...(id !== undefined && { boot: id }) }),
});

/** One line that is another after each boot. */
export const bootIdScript = `read -r id </proc/sys/kernel/random/boot_id
read -r stat </proc/1/stat
set -- \${stat##*) }
shift 19
echo "$id-$1"`;
