import type { Group } from "../hosts/group.ts";
import type { Inventory } from "../inventory.ts";

/** What `ansible-inventory --graph` draws: groups, the groups in them, and their hosts. */
export function graphInventory(inventory: Inventory, top: Group): string {
  return linesOf(top, 0, inventory).join("\n");
}

function linesOf(group: Group, depth: number, inventory: Inventory): string[] {
  const children = [...group.children].flatMap((child) => linesOf(child, depth + 1, inventory));
  const hosts = group === inventory.roster.all ? [] : Array.from(group.hosts, ({ name }) => line(name, depth + 1));
  return [line(`@${group.name}:`, depth), ...children, ...hosts];
}

function line(text: string, depth: number): string {
  return depth === 0 ? text : `${"  |".repeat(depth)}--${text}`;
}
