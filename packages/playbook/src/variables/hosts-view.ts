import type { Inventory, VariableSource } from "@evenkeel/inventory";
import { Written } from "../written/written.ts";
import type { Source } from "./layer.ts";
import type { HostsView } from "./world.ts";

/** An inventory as scopes see it, within a limit. */
export function hostsView(inventory: Inventory, limit: string | undefined): HostsView {
  const added = new Set<string>();
  let within: ReadonlySet<string> | undefined;
  let groups: Readonly<Record<string, readonly string[]>> | undefined;
  return {
    select: (pattern) => inventory.select(pattern),
    isWithinLimit: (host) => {
      if (limit === undefined || added.has(host)) return true;
      within ??= new Set(inventory.select("all", limit).hosts);
      return within.has(host);
    },
    hosts: () => inventory.hosts,
    has: (host) => inventory.has(host) || inventory.layersOf(host).length > 0,
    groups: () => {
      groups ??= inventory.groups;
      return groups;
    },
    groupsOf: (host) => inventory.groupsOf(host),
    *sources(host, name) {
      for (const source of inventory.sources(host, name)) yield sourceFrom(source);
    },
    names: (host) => inventory.names(host),
    directoryOf: (host) => inventory.directoryOf(host),
    fileOf: (host) => inventory.fileOf(host),
    add: (host) => {
      added.add(host.name);
      groups = undefined;
      inventory.add(host);
    },
  };
}

function sourceFrom({ level, value, where, container, key, isData }: VariableSource): Source {
  return isData ? { level, data: value } : { level, written: writtenIn(container, key, value, where) };
}

const written = new WeakMap<object, Map<unknown, Written>>();

/** One for each variable, so that its templates are prepared once. */
function writtenIn(container: object, key: unknown, value: unknown, where: VariableSource["where"]): Written {
  const known = written.get(container) ?? new Map<unknown, Written>();
  written.set(container, known);
  const found = known.get(key) ?? new Written(value, where, container, key);
  known.set(key, found);
  return found;
}
