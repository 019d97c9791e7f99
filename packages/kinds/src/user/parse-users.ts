import { Secret } from "@evenkeel/core";
import type { PresentUser, UserState } from "./user-state.ts";

/** Reads what read-users.sh printed. */
export function parseUsers(output: Uint8Array, names: readonly string[]): ReadonlyMap<string, UserState> {
  const [passwd = [], groups = [], shadow = [], rest = []] = sections(Buffer.from(output).toString());
  const shadows = new Map(shadow.map((fields) => [fields[0] ?? "", fields]));
  const groupNames = new Map(groups.map(([name = "", , gid = ""]) => [gid, name]));
  const told = new Set(rest.map((fields) => fields.join(":")));
  const tools = told.has("files") ? ({ tools: "files" } as const) : {};
  const states = new Map<string, UserState>(
    names.map((name) => [
      name,
      {
        ...{ state: "absent", ...tools },
        ...groupNumber(groups, name),
        ...(told.has(`folder ${name}`) && { hasHome: true }),
      },
    ]),
  );
  for (const [name = "", , uid, gid = "", comment = "", home = "", shell = ""] of passwd) {
    if (!states.has(name)) continue;
    const group = groupNames.get(gid) ?? gid;
    states.set(name, {
      ...{ state: "present", uid: Number(uid), group, gid: Number(gid), groups: groupsOf(name, group, groups) },
      ...{ home, shell, comment, hasHome: told.has(`home ${name}`), ...tools },
      ...shadowState(shadows.get(name)),
    });
  }
  return states;
}

function groupNumber(groups: readonly (readonly string[])[], name: string) {
  const gid = groups.find(([group]) => group === name)?.[2];
  return gid === undefined ? {} : { groupNumber: Number(gid) };
}

function shadowState(fields: readonly string[] | undefined): Partial<PresentUser> {
  if (fields === undefined) return {};
  const [, hash = "", , min, max, warn, inactive, expires] = fields;
  const days = (text: string | undefined) => (text === undefined || text === "" ? -1 : Number(text));
  return {
    ...{ passwordHash: new Secret(hash), isLocked: hash.startsWith("!"), expiresOn: days(expires) },
    ...{
      passwordMinDays: days(min),
      passwordMaxDays: days(max),
      passwordWarnDays: days(warn),
      passwordInactiveDays: days(inactive),
    },
  };
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
