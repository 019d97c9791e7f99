import { dirname } from "node:path";
import type { AddedHost } from "@evenkeel/core";
import { closest, InputError } from "@evenkeel/core";
import type { Group } from "./hosts/group.ts";
import { byStrength } from "./hosts/group.ts";
import { Host } from "./hosts/host.ts";
import type { Roster } from "./hosts/roster.ts";
import type { Selection } from "./patterns/host-selector.ts";
import { HostSelector } from "./patterns/host-selector.ts";
import type { VariableLayer, VariableSource } from "./variables/layer.ts";
import { dataAt, variableAt } from "./variables/variable.ts";
import type { VariableFolders } from "./variables/variable-folders.ts";

interface InventoryParts {
  readonly roster: Roster;
  readonly variableFolders: VariableFolders;
  /** Folders beside the sources, and beside the playbook, in their order. */
  readonly besideSources: readonly string[];
  readonly besidePlaybook: readonly string[];
}

/** Hosts, their groups, and what is said of each and where. Names that nobody knows are answered with nothing. */
export class Inventory {
  readonly #parts: InventoryParts;
  readonly #layers = new Map<string, readonly VariableLayer[]>();
  /** The machine that we run on, when a pattern names it and no source does. */
  readonly #implicit = new Map<string, Host>();
  /** Hosts that were put into a group during the run. */
  readonly #joined = new Map<Group, Set<Host>>();

  constructor(parts: InventoryParts) {
    this.#parts = parts;
  }

  /** All hosts, in the order of the sources. */
  get hosts(): readonly string[] {
    return names(this.#parts.roster.all.allHosts());
  }

  /** Each group with all hosts in it: the variable `groups`. */
  get groups(): Readonly<Record<string, readonly string[]>> {
    const { groups } = this.#parts.roster;
    return Object.fromEntries([...groups.values()].map((group) => [group.name, names(group.allHosts())]));
  }

  has(host: string): boolean {
    return this.#parts.roster.hosts.has(host);
  }

  /** The groups that a host belongs to, but for `all`, sorted: the variable `group_names`. */
  groupsOf(host: string): readonly string[] {
    return names(this.#groupsOf(host)).toSorted();
  }

  /** The hosts that a pattern names, in the order of its words, and the words that match nobody. */
  select(pattern: string | readonly string[], limit?: string): Selection {
    return new HostSelector(this.#parts.roster, (name) => this.#localhost(name)).select(pattern, limit);
  }

  /** The hosts that a pattern names; that it names nobody is a mistake. */
  selectKnown(pattern: string, limit?: string): readonly string[] {
    const { hosts, unmatched } = this.select(pattern, limit);
    const [word] = unmatched;
    if (word === undefined) return hosts;
    const { roster } = this.#parts;
    const hint = closest(word, [...roster.groups.keys(), ...roster.hosts.keys()]);
    throw new InputError({
      code: "inventory/no-such-host",
      message: `no host and no group is called ${JSON.stringify(word)}`,
      hint: hint ?? `the inventory has: ${[...roster.groups.keys()].slice(0, 20).join(", ")}`,
    });
  }

  /** What is set for a host, from what gives way to all others to what gives way to none. */
  layersOf(host: string): readonly VariableLayer[] {
    const known = this.#layers.get(host);
    if (known) return known;
    const layers = this.#layersOf(host);
    this.#layers.set(host, layers);
    return layers;
  }

  /** All places where a variable is set for a host, the strongest first: that one counts. */
  *sources(host: string, name: string): Iterable<VariableSource> {
    const layers = this.layersOf(host);
    for (let index = layers.length - 1; index >= 0; index--) {
      const { level, group, variables } = layers[index] as VariableLayer;
      const variable = variables.get(name);
      if (variable) yield { ...variable, level, ...(group !== undefined && { group }) };
    }
  }

  /** The names of all variables that are set for a host. */
  names(host: string): ReadonlySet<string> {
    return new Set(this.layersOf(host).flatMap(({ variables }) => [...variables.keys()]));
  }

  /** A host's variables as they are written, templates and all. */
  valuesOf(host: string): Readonly<Record<string, unknown>> {
    const entries = this.layersOf(host).flatMap(({ variables }) => [...variables]);
    return Object.fromEntries(entries.map(([name, { value }]) => [name, value]));
  }

  /** The source that named a host first: the variable `inventory_file`. */
  fileOf(host: string): string | undefined {
    return this.#parts.roster.hosts.get(host)?.source;
  }

  /** The variable `inventory_dir`. */
  directoryOf(host: string): string | undefined {
    const file = this.fileOf(host);
    return file === undefined || file.includes(",") ? undefined : dirname(file);
  }

  /** What `add_host` and `group_by` do: a host, new or not, in groups, new or not, with variables that are data. */
  add({ name, groups, variables }: AddedHost): void {
    const { roster } = this.#parts;
    const host = roster.addHost(name, roster.all);
    for (const group of groups) this.#join(host, roster.addGroup(group));
    for (const [key, value] of Object.entries(variables)) {
      roster.set(host, key, dataAt(value, { file: "add_host" }, key));
    }
    roster.settle();
    this.#layers.clear();
  }

  /** Hosts come when they come: in a group, those that joined stand behind its others, in the inventory's order. */
  #join(host: Host, group: Group): void {
    const { roster } = this.#parts;
    const joined = this.#joined.get(group) ?? new Set();
    this.#joined.set(group, joined);
    if (!group.hosts.has(host)) joined.add(host);
    roster.putInto(host, group);
    for (const each of roster.hosts.values()) {
      if (joined.has(each) && group.hosts.delete(each)) group.hosts.add(each);
    }
  }

  /** Hosts and groups as they are, for listings. */
  get roster(): Roster {
    return this.#parts.roster;
  }

  /** What is set for a group itself, in files beside the inventory too. */
  groupLayers({ name, layers }: Group): readonly VariableLayer[] {
    const { variableFolders, besideSources, besidePlaybook } = this.#parts;
    return [
      ...layers,
      ...variableFolders.ofGroup(besideSources, name, "inventory group_vars"),
      ...variableFolders.ofGroup(besidePlaybook, name, "playbook group_vars"),
    ];
  }

  #layersOf(name: string): readonly VariableLayer[] {
    const { roster, variableFolders, besideSources, besidePlaybook } = this.#parts;
    const host = roster.hosts.get(name) ?? this.#localhost(name);
    const groups = this.#groupsOf(name).toSorted(byStrength);
    // Folder before group: what the second source's folder says of any group overrides the first's.
    const ofGroups = (folders: readonly string[], level: "inventory group_vars" | "playbook group_vars") =>
      folders.flatMap((folder) => groups.flatMap((group) => variableFolders.ofGroup([folder], group.name, level)));
    return [
      ...roster.all.layers,
      ...groups.flatMap(({ layers }) => layers),
      ...variableFolders.ofGroup(besideSources, "all", "inventory group_vars/all"),
      ...variableFolders.ofGroup(besidePlaybook, "all", "playbook group_vars/all"),
      ...ofGroups(besideSources, "inventory group_vars"),
      ...ofGroups(besidePlaybook, "playbook group_vars"),
      ...(host?.layers ?? []),
      ...variableFolders.ofHost(besideSources, name, "inventory host_vars"),
      ...variableFolders.ofHost(besidePlaybook, name, "playbook host_vars"),
    ];
  }

  #groupsOf(host: string): readonly Group[] {
    const { hosts, all } = this.#parts.roster;
    return [...(hosts.get(host)?.allGroups() ?? [])].filter((group) => group !== all);
  }

  #localhost(name: string): Host | undefined {
    if (!["localhost", "127.0.0.1", "::1"].includes(name)) return undefined;
    const known = [...this.#parts.roster.hosts.values()].find((host) => localNames.includes(host.name));
    if (known) return known;
    const host = this.#implicit.get(name) ?? implicitHost(name);
    this.#implicit.set(name, host);
    return host;
  }
}

const localNames = ["localhost", "127.0.0.1", "::1"];

function implicitHost(name: string): Host {
  const host = new Host(name, undefined);
  const place = { file: "localhost" };
  const variables = new Map([["ansible_connection", variableAt("local", place, "ansible_connection")]]);
  host.layers.push({ level: "inventory host vars", file: place.file, variables });
  return host;
}

function names(all: Iterable<Host | Group>): string[] {
  return Array.from(all, ({ name }) => name);
}
