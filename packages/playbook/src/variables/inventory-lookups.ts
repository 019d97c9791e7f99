import type { Lookup } from "@evenkeel/template";
import type { HostsView } from "./world.ts";

/** Lookups that ask the inventory, which templates know nothing of. */
export const inventoryLookupNames = ["inventory_hostnames"] as const;

export function inventoryLookups(
  inventory: HostsView,
): Readonly<Record<(typeof inventoryLookupNames)[number], Lookup>> {
  return { inventory_hostnames: (terms) => inventory.select(terms.map(String).join(",")).hosts };
}
