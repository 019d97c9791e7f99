import type { HostsView } from "../variables/world.ts";

/** Going through a task costs something on each host: so many times, over all hosts of a play. */
const MOST_STEPS = 2000;

/**
 * The hosts that a play is gone through on. Hosts in the same groups with the same variables of their own are alike: of
 * each sort there is one, and more where there is time.
 */
export function representatives(hosts: readonly string[], inventory: HostsView, tasks: number): readonly string[] {
  const most = Math.max(1, Math.floor(MOST_STEPS / Math.max(1, tasks)));
  if (hosts.length <= most) return hosts;
  const sorts = new Map<string, string[]>();
  for (const host of hosts) {
    const sort = JSON.stringify([inventory.groupsOf(host), [...inventory.names(host)].toSorted()]);
    sorts.set(sort, [...(sorts.get(sort) ?? []), host]);
  }
  const firsts = [...sorts.values()].flatMap(([first]) => first ?? []);
  const others = hosts.filter((host) => !firsts.includes(host));
  return [...firsts, ...others].slice(0, most);
}
