import { Secret } from "@evenkeel/core";
import type { UserState } from "./user-state.ts";

/** Reads what read.sh printed. */
export function parseUsers(output: Uint8Array, names: readonly string[]): ReadonlyMap<string, UserState> {
  const [passwd = [], groups = [], shadow = []] = sections(Buffer.from(output).toString());
  const hashes = new Map(shadow.map(([name = "", hash = ""]) => [name, hash]));
  const groupNames = new Map(groups.map(([name = "", , gid = ""]) => [gid, name]));
  const states = new Map<string, UserState>(names.map((name) => [name, { state: "absent" }]));
  for (const [name = "", , uid, gid = "", comment = "", home = "", shell = ""] of passwd) {
    if (!states.has(name)) continue;
    const group = groupNames.get(gid) ?? gid;
    const hash = hashes.get(name);
    states.set(name, {
      ...{ state: "present", uid: Number(uid), group, groups: groupsOf(name, group, groups) },
      ...{ home, shell, comment },
      ...(hash !== undefined && { passwordHash: new Secret(hash) }),
    });
  }
  return states;
}

function groupsOf(user: string, primary: string, groups: readonly (readonly string[])[]): readonly string[] {
  return groups
    .filter(([name, , , members = ""]) => name !== primary && members.split(",").includes(user))
    .map(([name = ""]) => name)
    .sort();
}

/** The databases, as lines of fields; each section ends with a blank line. */
function sections(text: string): string[][][] {
  const found: string[][][] = [[]];
  for (const line of text.split("\n")) {
    if (line === "") found.push([]);
    else found.at(-1)?.push(line.split(":"));
  }
  return found;
}
