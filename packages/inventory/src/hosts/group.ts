import type { VariableLayer } from "../variables/layer.ts";
import type { Host } from "./host.ts";

/** Hosts and groups under one name. */
export class Group {
  readonly name: string;
  readonly hosts = new Set<Host>();
  readonly children = new Set<Group>();
  readonly parents = new Set<Group>();
  /** How far it is from `all`, by the longest way: what is nearer gives way to what is further. */
  depth = 0;
  priority = 1;
  /** What sources set for it, in their order. */
  readonly layers: VariableLayer[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** All groups that it belongs to, by way of others too. */
  ancestors(): Set<Group> {
    return reachable(this, ({ parents }) => parents);
  }

  /** The groups under it: the nearer first. */
  descendants(): Set<Group> {
    return reachable(this, ({ children }) => children);
  }

  /** All hosts in it, by way of other groups too. */
  allHosts(): Set<Host> {
    const found = new Set(this.hosts);
    for (const group of this.descendants()) for (const host of group.hosts) found.add(host);
    return found;
  }
}

function reachable(start: Group, next: (group: Group) => Iterable<Group>): Set<Group> {
  const found = new Set<Group>(next(start));
  for (const group of found) for (const each of next(group)) found.add(each);
  return found;
}

/** From what gives way to what counts most: by depth, then by priority, then by name. */
export function byStrength(a: Group, b: Group): number {
  return a.depth - b.depth || a.priority - b.priority || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
