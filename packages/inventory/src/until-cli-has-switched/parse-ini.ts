import { InputError } from "@evenkeel/core";
import type { Inventory } from "./select-hosts.ts";

/** Reads an inventory in Ansible's INI form: `[group]`, `[group:vars]`, `[group:children]`, `host name=value …`. */
export function parseIni(text: string, file: string): Inventory {
  const own = new Map<string, Map<string, string>>();
  const groups = new Map<string, Set<string>>();
  const children = new Map<string, Set<string>>();
  const groupVariables = new Map<string, Map<string, string>>();
  let section = "ungrouped";
  let purpose = "hosts";
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/^\s*[#;].*|\s#.*$/, "").trim();
    if (line === "") continue;
    const heading = /^\[([^\]:]+)(?::(vars|children))?\]$/.exec(line);
    const at = { file, line: index + 1, column: 1 };
    if (heading?.[1]) {
      section = heading[1];
      purpose = heading[2] ?? "hosts";
      if (purpose === "hosts") setIn(groups, section);
    } else if (line.startsWith("[")) {
      throw new InputError({
        code: "inventory/section",
        message: `not a section: ${line}`,
        place: at,
        hint: "[name], [name:vars] or [name:children]",
      });
    } else if (purpose === "hosts") {
      const [name = "", ...words] = splitWords(line);
      setIn(groups, section).add(name);
      for (const word of words) mapIn(own, name).set(...assignment(word, at));
      mapIn(own, name);
    } else if (purpose === "vars") mapIn(groupVariables, section).set(...assignment(line, at));
    else setIn(children, section).add(line);
  }
  for (const [name, names] of children)
    groups.set(name, new Set([...setIn(groups, name), ...[...names].flatMap((each) => [...setIn(groups, each)])]));
  return { hosts: hosts(own, groups, groupVariables), groups };
}

function hosts(
  own: ReadonlyMap<string, ReadonlyMap<string, string>>,
  groups: ReadonlyMap<string, ReadonlySet<string>>,
  groupVariables: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Inventory["hosts"] {
  const variablesOf = (name: string) => [
    ...(groupVariables.get("all") ?? []),
    ...[...groups].flatMap(([group, names]) => (names.has(name) ? [...(groupVariables.get(group) ?? [])] : [])),
    ...(own.get(name) ?? []),
  ];
  return new Map([...own.keys()].map((name) => [name, { name, variables: Object.fromEntries(variablesOf(name)) }]));
}

function assignment(text: string, place: { file: string; line: number; column: number }): [string, string] {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InputError({ code: "inventory/variable", message: `not a variable: ${text}`, place, hint: "name=value" });
  }
  return [name, value.replace(/^(['"])(.*)\1$/, "$2")];
}

/** Words of a line; quotes hold blanks together. */
function splitWords(line: string): string[] {
  return line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
}

function setIn(map: Map<string, Set<string>>, name: string): Set<string> {
  const set = map.get(name) ?? new Set();
  map.set(name, set);
  return set;
}

function mapIn(map: Map<string, Map<string, string>>, name: string): Map<string, string> {
  const inner = map.get(name) ?? new Map();
  map.set(name, inner);
  return inner;
}
