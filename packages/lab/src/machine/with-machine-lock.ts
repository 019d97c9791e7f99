import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Runs `work` while no other process of this machine runs work under the same name. The lock is the kernel's, held by a
 * child that lives as long as its input stays open: however this process ends, the lock ends too.
 */
export async function withMachineLock<T>(name: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  const file = `/dev/shm/evenkeel-lab-${name}.lock`;
  const holder = spawn("sh", ["-c", holdLock, "sh", file], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    for await (const line of createInterface({ input: holder.stdout })) {
      if (line === "waiting") onWait();
      if (line === "locked") return await work();
    }
    throw new Error(`could not lock ${file}; it needs the program flock (util-linux)`);
  } finally {
    holder.stdin.end();
  }
}

// The holder removes the file while it holds the lock; so one who got the lock of a removed file takes the new one.
const holdLock = `umask 0
while :; do
  exec 9>>"$1"
  flock -n 9 || { echo waiting; flock 9 || exit 1; }
  [ "$1" -ef /proc/self/fd/9 ] && break
done
echo locked
cat
rm -f "$1"`;
