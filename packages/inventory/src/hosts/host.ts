import type { VariableLayer } from "../variables/layer.ts";
import type { Group } from "./group.ts";

/** A machine in the inventory. */
export class Host {
  readonly name: string;
  /** The groups that it is in itself. */
  readonly groups = new Set<Group>();
  /** What sources set for it, in their order. */
  readonly layers: VariableLayer[] = [];
  /** The source that named it first. */
  readonly source: string | undefined;

  constructor(name: string, source: string | undefined) {
    this.name = name;
    this.source = source;
  }

  /** All groups that it belongs to. */
  allGroups(): Set<Group> {
    const found = new Set(this.groups);
    for (const group of this.groups) for (const each of group.ancestors()) found.add(each);
    return found;
  }
}
