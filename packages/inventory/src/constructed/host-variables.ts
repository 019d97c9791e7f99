import { dirname } from "node:path";
import type { Group } from "../hosts/group.ts";
import { byStrength } from "../hosts/group.ts";
import type { Host } from "../hosts/host.ts";
import { isIpAddress } from "../hosts/parse-address.ts";
import type { Variable } from "../variables/variable.ts";
import { dataAt } from "../variables/variable.ts";
import type { VariableFolders } from "../variables/variable-folders.ts";

interface Beside {
  readonly variableFolders: VariableFolders;
  readonly folders: readonly string[];
}

/** A host's variables as far as sources have been read: of its groups, its own, and those that tell of itself. */
export function hostVariables(host: Host, all: Group, beside: Beside | undefined): ReadonlyMap<string, Variable> {
  const groups = [...host.allGroups()].toSorted(byStrength);
  const layers = [
    ...groups.flatMap((group) => group.layers),
    ...(beside
      ? groups.flatMap(({ name }) => beside.variableFolders.ofGroup(beside.folders, name, "inventory group_vars"))
      : []),
    ...host.layers,
    ...(beside ? beside.variableFolders.ofHost(beside.folders, host.name, "inventory host_vars") : []),
  ];
  const own = {
    inventory_hostname: host.name,
    inventory_hostname_short: isIpAddress(host.name) ? host.name : (host.name.split(".")[0] ?? host.name),
    group_names: groups
      .filter((group) => group !== all)
      .map(({ name }) => name)
      .toSorted(),
    inventory_file: host.source ?? null,
    inventory_dir: host.source === undefined || host.source.includes(",") ? null : dirname(host.source),
  };
  const place = { file: host.source ?? "" };
  const told = Object.entries(own).map(([name, value]): [string, Variable] => [name, dataAt(value, place, name)]);
  return new Map([...layers.flatMap(({ variables }) => [...variables]), ...told]);
}
