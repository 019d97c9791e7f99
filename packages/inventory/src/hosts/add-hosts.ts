import type { Place } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { variableAt } from "../variables/variable.ts";
import { expandRange } from "./expand-range.ts";
import type { Group } from "./group.ts";
import type { Host } from "./host.ts";
import { parseAddress } from "./parse-address.ts";
import type { Roster } from "./roster.ts";

/** Puts the hosts that a name with ranges stands for into a group; a port that is part of it is a variable. */
export function addHosts(pattern: string, group: Group, place: Place, roster: Roster): readonly Host[] {
  const { name, port } = parseAddress(pattern) ?? { name: pattern };
  if (port === undefined && pattern.trim().endsWith(":")) {
    throw new InputError({
      code: "inventory/host",
      message: `${pattern}: after the colon of a host its port is missing`,
      place,
    });
  }
  const names = name.includes("[") ? expandRange(name, place) : [name];
  return names.map((each) => {
    const isNew = !roster.hosts.has(each);
    const host = roster.addHost(each, group);
    if (isNew && port !== undefined) roster.set(host, "ansible_port", variableAt(port, place, "ansible_port"));
    return host;
  });
}
