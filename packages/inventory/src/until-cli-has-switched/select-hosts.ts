import { InputError } from "@evenkeel/core";

/** Hosts, their groups, and what is said of each. */
export interface Inventory {
  readonly hosts: ReadonlyMap<string, InventoryHost>;
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface InventoryHost {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The hosts that a play's pattern names, in the inventory's order: `all`, a group, a host, or several with `,` or `:`. */
export function selectHosts(inventory: Inventory, pattern: string): readonly InventoryHost[] {
  const names = new Set(pattern.split(/[,:]/).flatMap((word) => [...members(inventory, word.trim())]));
  return [...inventory.hosts.values()].filter((host) => names.has(host.name));
}

function members({ hosts, groups }: Inventory, word: string): Iterable<string> {
  if (word === "all") return hosts.keys();
  const group = groups.get(word);
  if (group) return group;
  if (hosts.has(word)) return [word];
  const known = [...groups.keys(), ...hosts.keys()].join(", ");
  throw new InputError({
    code: "inventory/no-such-host",
    message: `no host and no group is called ${JSON.stringify(word)}`,
    hint: `the inventory has: ${known || "nothing"}`,
  });
}
