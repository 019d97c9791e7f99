import { InputError } from "@evenkeel/core";

/**
 * Names of privileges by the place where they hold: `*.*`, `shop.*`, `shop.orders`, and `roles` for roles. `ALL` is all
 * that there is at a place, but for `GRANT`, which lets an account hand on what it has.
 */
export type Privileges = Readonly<Record<string, readonly string[]>>;

/** Whether one has at least what the other has. */
export function covers(has: Privileges, wanted: Privileges): boolean {
  return isEmpty(lacking(has, wanted));
}

export function isEmpty(privileges: Privileges): boolean {
  return Object.values(privileges).every((names) => names.length === 0);
}

/** What of the wanted is not there. */
export function lacking(has: Privileges, wanted: Privileges): Privileges {
  const entries = Object.entries(wanted).map(([place, names]) => {
    const there = new Set(has[place] ?? []);
    return [place, names.filter((name) => !there.has(name) && !(there.has("ALL") && name !== "GRANT"))] as const;
  });
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}

/** Both; what ALL holds is not said again. */
export function joined(one: Privileges, other: Privileges): Privileges {
  const places = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const entries = places.map((place) => {
    const names = [...new Set([...(one[place] ?? []), ...(other[place] ?? [])])].sort();
    return [place, names.includes("ALL") ? names.filter((name) => name === "ALL" || name === "GRANT") : names] as const;
  });
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}

/** All places but these. */
export function without(privileges: Privileges, places: readonly string[]): Privileges {
  return Object.fromEntries(Object.entries(privileges).filter(([place]) => !places.includes(place)));
}

/** A privilege as people write it, as servers say it, in upper case; of several columns each by itself. USAGE is none at all. */
export function privilegeNames(text: string): readonly string[] {
  const [, word = "", columns] = /^\s*([A-Za-z][A-Za-z_ ]*?)\s*(?:\(([^()]*)\))?\s*$/.exec(text) ?? [];
  if (word === "") {
    throw new InputError({
      code: "mysql/privilege",
      message: `not a privilege: ${JSON.stringify(text)}`,
      hint: "such as SELECT, ALL, CREATE VIEW, or UPDATE (email, name)",
    });
  }
  const name = word.toUpperCase().replace(/\s+/g, " ");
  if (name === "USAGE") return [];
  const plain = { "ALL PRIVILEGES": "ALL", "GRANT OPTION": "GRANT" }[name] ?? name;
  if (columns === undefined) return [plain];
  return columns.split(",").map((each) => `${plain} (${each.trim().replace(/^`(.*)`$/, "$1")})`);
}
