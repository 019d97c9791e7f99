import type { Group } from "../hosts/group.ts";
import type { Inventory } from "../inventory.ts";
import { asData } from "../variables/as-data.ts";
import type { VariableLayer } from "../variables/layer.ts";
import { listedValue, plainValue, shownValue } from "./listed-value.ts";

interface ListingOptions {
  /** Only hosts that this pattern names. */
  readonly limit?: string | undefined;
  /** Variables where they are set, instead of all that a host ends up with. */
  readonly isExport?: boolean | undefined;
}

type Variables = Readonly<Record<string, unknown>>;

/** What `ansible-inventory --list` says: the form in which programs tell an inventory. */
export function listInventory(inventory: Inventory, options: ListingOptions = {}): Variables {
  const listing = new Listing(inventory, options);
  const hostvars = listing.hosts.map((host) => [host, listing.ofHost(host)] as const);
  return {
    ...listing.groups(inventory.roster.all),
    _meta: {
      hostvars: Object.fromEntries(hostvars.filter(([, variables]) => Object.keys(variables).length > 0)),
      profile: "inventory_legacy",
    },
  };
}

/** What `ansible-inventory --list --yaml` says: an inventory in YAML's form, each host's variables where it is first. */
export function nestInventory(inventory: Inventory, options: ListingOptions = {}): Variables {
  return new Listing(inventory, options, plainValue).nested(inventory.roster.all);
}

/** What `ansible-inventory --host` says. */
export function listHost(inventory: Inventory, host: string, shown = shownValue): Variables {
  return valuesOf(inventory.layersOf(host), shown);
}

class Listing {
  readonly hosts: readonly string[];
  readonly #inventory: Inventory;
  readonly #isExport: boolean;
  readonly #shown: (value: unknown) => unknown;
  readonly #available: ReadonlySet<string>;
  readonly #seenGroups = new Set<Group>();
  readonly #seenHosts = new Set<string>();

  constructor(inventory: Inventory, { limit, isExport = false }: ListingOptions, shown = listedValue) {
    this.#inventory = inventory;
    this.#shown = shown;
    this.#isExport = isExport;
    this.hosts = inventory.select("all", limit).hosts;
    this.#available = new Set(this.hosts);
  }

  ofHost(host: string): Variables {
    const layers = this.#inventory.layersOf(host);
    return valuesOf(this.#isExport ? layers.filter(({ group }) => group === undefined) : layers, this.#shown);
  }

  groups(group: Group): Variables {
    const children = [...group.children];
    const own = {
      ...(group.name !== "all" && { hosts: this.#hostsOf(group) }),
      children: children.map(({ name }) => name),
      ...this.#exported(group),
    };
    const listed: Record<string, unknown> = {};
    for (const child of children) {
      if (!this.#seenGroups.has(child)) Object.assign(listed, this.groups(child));
      this.#seenGroups.add(child);
    }
    const filled = withoutEmpty(own);
    return Object.keys(filled).length > 0 ? { [group.name]: filled, ...listed } : listed;
  }

  nested(group: Group): Variables {
    const children: Record<string, unknown> = {};
    for (const child of group.children) {
      Object.assign(children, this.#seenGroups.has(child) ? { [child.name]: {} } : this.nested(child));
      this.#seenGroups.add(child);
    }
    const hosts = group.name === "all" ? [] : this.#hostsOf(group).map((host) => [host, this.#onFirstSight(host)]);
    const filled = withoutEmpty({ children, hosts: Object.fromEntries(hosts), ...this.#exported(group) });
    return Object.keys(filled).length > 0 ? { [group.name]: filled } : {};
  }

  #onFirstSight(host: string): Variables {
    if (this.#seenHosts.has(host)) return {};
    this.#seenHosts.add(host);
    return this.ofHost(host);
  }

  #hostsOf(group: Group): readonly string[] {
    return Array.from(group.hosts, ({ name }) => name).filter((name) => this.#available.has(name));
  }

  /** What is set for a group itself. */
  #groupValues(group: Group): Variables {
    const values = valuesOf(this.#inventory.groupLayers(group), this.#shown);
    return group.priority === 1 ? values : { ...values, ansible_group_priority: group.priority };
  }

  #exported(group: Group): { vars?: Variables } {
    return this.#isExport ? { vars: this.#groupValues(group) } : {};
  }
}

function valuesOf(layers: readonly VariableLayer[], shown: (value: unknown) => unknown): Variables {
  const entries = layers.flatMap(({ variables }) => [...variables]);
  return Object.fromEntries(entries.map(([name, { value, isData }]) => [name, shown(isData ? asData(value) : value)]));
}

function withoutEmpty(parts: Readonly<Record<string, object>>): Variables {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0));
}
