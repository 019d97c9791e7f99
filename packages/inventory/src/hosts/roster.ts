import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { VariableLayer } from "../variables/layer.ts";
import type { Variable } from "../variables/variable.ts";
import { placeOf } from "../variables/variable.ts";
import { Group } from "./group.ts";
import { Host } from "./host.ts";

/** Hosts and groups while sources are read, one after the other. */
export class Roster {
  readonly hosts = new Map<string, Host>();
  readonly groups = new Map<string, Group>();
  readonly all = this.addGroup("all");
  readonly ungrouped = this.addGroup("ungrouped");
  /** The source that is being read. */
  source: string | undefined;

  constructor() {
    this.addChild(this.all, this.ungrouped);
  }

  addGroup(name: string): Group {
    const group = this.groups.get(name) ?? new Group(name);
    this.groups.set(name, group);
    return group;
  }

  addHost(name: string, group?: Group): Host {
    const host = this.hosts.get(name) ?? new Host(name, this.source);
    this.hosts.set(name, host);
    if (group) this.putInto(host, group);
    return host;
  }

  putInto(host: Host, group: Group): void {
    group.hosts.add(host);
    host.groups.add(group);
  }

  /** `place` is where it was asked for: a group cannot be inside of itself. */
  addChild(parent: Group, child: Group, place?: Place): void {
    if (parent === child || parent.ancestors().has(child)) {
      const what = parent === child ? "itself" : `${child.name}, which it is a part of`;
      throw new InputError({
        code: "inventory/loop",
        message: `the group ${parent.name} cannot have ${what} among its children`,
        ...(place && { place }),
      });
    }
    parent.children.add(child);
    child.parents.add(parent);
    deepen(child, parent.depth + 1);
  }

  /** Sets a variable of a host or group, on behalf of the source that is being read. */
  set(owner: Host | Group, name: string, variable: Variable): void {
    if (owner instanceof Group && name === "ansible_group_priority") owner.priority = readPriority(variable);
    else this.#layerOf(owner).set(name, variable);
  }

  /** When all sources have been read: every group is under `all`, and every host is in a group. */
  settle(): void {
    for (const group of this.groups.values()) {
      if (group !== this.all && group.parents.size === 0) this.addChild(this.all, group);
    }
    for (const host of this.hosts.values()) {
      const isGrouped = [...host.groups].some((group) => group !== this.all && group !== this.ungrouped);
      if (!isGrouped) this.putInto(host, this.ungrouped);
      else if (host.groups.delete(this.ungrouped)) this.ungrouped.hosts.delete(host);
    }
  }

  #layerOf(owner: Host | Group): Map<string, Variable> {
    const file = this.source ?? "";
    const last = owner.layers.at(-1);
    if (last?.file === file) return last.variables as Map<string, Variable>;
    const variables = new Map<string, Variable>();
    const layer: VariableLayer =
      owner instanceof Group
        ? { level: "inventory group vars", group: owner.name, file, variables }
        : { level: "inventory host vars", file, variables };
    owner.layers.push(layer);
    return variables;
  }
}

function deepen(group: Group, depth: number): void {
  if (group.depth >= depth) return;
  group.depth = depth;
  for (const child of group.children) deepen(child, depth + 1);
}

function readPriority(variable: Variable): number {
  const priority = Number(variable.value);
  if (Number.isInteger(priority) && variable.value !== "") return priority;
  throw new InputError({
    code: "inventory/priority",
    message: `ansible_group_priority is a whole number, not ${JSON.stringify(variable.value)}`,
    place: placeOf(variable),
  });
}
