import type { InventoryLevel } from "./level.ts";
import type { Variable } from "./variable.ts";

/** Variables that are set together: by one source for one group or host, or by one file of group_vars or host_vars. */
export interface VariableLayer {
  readonly level: InventoryLevel;
  /** The group that they are set for; undefined for those of a host. */
  readonly group?: string;
  /** The file, script or list of hosts that sets them. */
  readonly file: string;
  readonly variables: ReadonlyMap<string, Variable>;
}

/** One place where a variable is set for a host. */
export interface VariableSource extends Variable {
  readonly level: InventoryLevel;
  readonly group?: string;
}
