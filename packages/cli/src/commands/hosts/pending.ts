import { readRecords } from "@evenkeel/runner";
import type { HostOptions } from "../project/options.ts";
import { printable } from "../run/printable.ts";
import { onHosts } from "./on-hosts.ts";

/** What hosts remember: what is still to be done, runs that did not end, who works there. */
export async function pending(pattern: string, options: HostOptions): Promise<void> {
  await onHosts(pattern, { become: true, ...options }, async (host, port, say) => {
    const { lock, pending: actions, runs } = await readRecords(port);
    if (options.json) say(`${JSON.stringify({ type: "pending", host, lock, actions, runs })}\n`);
    const lines = [
      ...(lock?.isExpired === false
        ? [
            `held by ${lock.holder?.owner ?? "somebody"} since ${lock.holder?.since ?? "?"}, for ${lock.holder?.reason ?? "?"}`,
          ]
        : []),
      ...runs.map(
        ({ program, since, owner }) =>
          `${program}: a run that ${owner} began at ${since} did not end; the next apply goes on with it`,
      ),
      ...actions.map(
        ({ handler, task, program, since }) => `${program}: ${handler}, called by ${task || "a change"} at ${since}`,
      ),
    ];
    if (!options.json)
      say((lines.length > 0 ? lines : ["nothing is pending"]).map((line) => `${host}  ${printable(line)}\n`).join(""));
    return true;
  });
}
