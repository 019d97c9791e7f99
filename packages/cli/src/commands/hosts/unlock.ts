import { breakLock, readRecords } from "@evenkeel/runner";
import type { HostOptions } from "../project/options.ts";
import { confirm } from "../run/confirm.ts";
import { onHosts } from "./on-hosts.ts";

/** Shows who has a host, asks, and frees it. A run that still lives finds out at its next step, and changes nothing more. */
export async function unlock(pattern: string, options: HostOptions & { readonly yes?: boolean }): Promise<void> {
  await onHosts(pattern, { become: true, ...options }, async (host, port, say) => {
    const { lock } = await readRecords(port);
    if (lock === undefined) {
      say(`${host}  nobody has it\n`);
      return true;
    }
    const { owner = "somebody", since = "?", reason = "?" } = lock.holder ?? {};
    say(`${host}  held by ${owner} since ${since}, for ${reason}${lock.isExpired ? "; expired" : ""}\n`);
    if (!options.yes && !(await confirm("Free it?"))) return false;
    await breakLock(port, lock.token);
    say(`${host}  free\n`);
    return true;
  });
}
