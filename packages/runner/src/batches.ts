/** Hosts in batches: of so many, or of such a share, one size after the other; the last size repeats. */
export function batchesOf(
  hosts: readonly string[],
  sizes: readonly (number | `${number}%`)[],
): readonly (readonly string[])[] {
  if (sizes.length === 0) return hosts.length === 0 ? [] : [hosts];
  const batches: string[][] = [];
  for (let at = 0; at < hosts.length; ) {
    const size = sizes[Math.min(batches.length, sizes.length - 1)] ?? hosts.length;
    const count = typeof size === "number" ? size : Math.floor((hosts.length * Number.parseFloat(size)) / 100);
    // As Ansible does: nothing means all, a share of nearly nothing means one.
    const most = typeof size === "number" && size <= 0 ? hosts.length : Math.max(1, count);
    batches.push(hosts.slice(at, at + most));
    at += most;
  }
  return batches;
}
