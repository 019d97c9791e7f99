import { parseAddress } from "../hosts/parse-address.ts";
import type { Roster } from "../hosts/roster.ts";
import { variableAt } from "../variables/variable.ts";

/** `-i web-1,web-2:2222`: hosts without groups. */
export function readHostList(list: string, roster: Roster): void {
  roster.source = list;
  for (const word of list.split(",").map((each) => each.trim())) {
    const { name, port } = (word.includes("[") ? undefined : parseAddress(word)) ?? { name: word };
    if (name === "" || roster.hosts.has(name)) continue;
    const host = roster.addHost(name, roster.ungrouped);
    if (port !== undefined) roster.set(host, "ansible_port", variableAt(port, { file: "-i" }, "ansible_port"));
  }
  roster.source = undefined;
}
