import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "@evenkeel/lab";

const trace = "/tmp/forks.trace";

/** All processes that come from a host's sshd while something is done; and which programs they became, for whoever must save some. */
export async function countForks(
  host: Host,
  work: () => Promise<unknown>,
): Promise<{ readonly forks: number; readonly requests: number; readonly programs: string }> {
  await host.enter([
    "sh",
    "-c",
    `rm -f ${trace}; setsid strace -f -qq -o ${trace} -e trace=clone,clone3,fork,vfork,execve -p "$(cat /run/sshd.pid 2>/dev/null || pgrep -o sshd)" >/dev/null 2>&1 </dev/null & sleep 1`,
  ]);
  await work();
  await sleep(1000);
  await host.enter(["sh", "-c", "kill $(pgrep -x strace); sleep 0.5"]);
  const forks = await host.shell(
    `grep -E '(clone3?|v?fork)\\(|<\\.\\.\\. (clone3?|v?fork) resumed' ${trace} | grep -v CLONE_THREAD | grep -c ' = [0-9][0-9]*$'`,
  );
  const programs = await host.shell(
    `grep -v ' = -1 ' ${trace} | sed -n 's/.*execve("\\([^"]*\\)".*/\\1/p' | sort | uniq -c | sort -rn`,
  );
  // A shell of ours takes each request that is not very long with one dd.
  const requests = Number(/(\d+) \S*\/dd$/m.exec(programs.stdout)?.[1] ?? 0);
  return { forks: Number(forks.stdout), requests, programs: programs.stdout };
}
