import { InputError } from "@evenkeel/core";
import { plainPlace } from "../grants/place.ts";
import type { Privileges } from "../grants/privileges.ts";
import { joined, privilegeNames } from "../grants/privileges.ts";

/** `mydb.*:INSERT,UPDATE/other.*:SELECT`, or a map of the same; places are taken as they are written. */
export function writtenPrivileges(written: string | Readonly<Record<string, string | readonly string[]>>): Privileges {
  const pairs = typeof written === "string" ? written.trim().split("/").map(pairOf) : Object.entries(written);
  return pairs.reduce<Privileges>((all, [place, list]) => joined(all, { [plainPlace(place)]: namesIn(list) }), {});
}

function pairOf(text: string): readonly [string, string] {
  const at = text.lastIndexOf(":");
  if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1)];
  throw new InputError({
    code: "mysql/privilege",
    message: `not a place with privileges: ${JSON.stringify(text)}`,
    hint: "such as mydb.*:SELECT,INSERT",
  });
}

function namesIn(list: string | readonly string[]): readonly string[] {
  const names = typeof list === "string" ? list.split(/,\s*(?![^(]*\))/) : list;
  return names.flatMap(privilegeNames);
}
