import { identifier, literal } from "../sql/quote-sql.ts";
import { placeSql } from "./place.ts";
import type { Privileges } from "./privileges.ts";

/** Statements that give privileges; the account is SQL already. */
export function grantSql(privileges: Privileges, account: string): string[] {
  return Object.entries(privileges).map(([place, names]) => {
    if (place === "roles") return `GRANT ${names.map(roleSql).join(", ")} TO ${account}`;
    const plain = names.filter((name) => name !== "GRANT");
    const list = plain.length === 0 ? "USAGE" : plain.map(privilegeSql).join(", ");
    return `GRANT ${list} ON ${placeSql(place)} TO ${account}${names.includes("GRANT") ? " WITH GRANT OPTION" : ""}`;
  });
}

export function revokeSql(privileges: Privileges, account: string): string[] {
  return Object.entries(privileges).flatMap(([place, names]) => {
    if (place === "roles") return [`REVOKE ${names.map(roleSql).join(", ")} FROM ${account}`];
    const words = names.map((name) => (name === "GRANT" ? "GRANT OPTION" : privilegeSql(name)));
    return words.length === 0 ? [] : [`REVOKE ${words.join(", ")} ON ${placeSql(place)} FROM ${account}`];
  });
}

function privilegeSql(name: string): string {
  const [, word = name, columns] = /^([A-Z_ ]+?) \((.*)\)$/.exec(name) ?? [];
  if (columns === undefined) return word === "ALL" ? "ALL PRIVILEGES" : word;
  return `${word} (${columns.split(", ").map(identifier).join(", ")})`;
}

function roleSql(role: string): string {
  const at = role.lastIndexOf("@");
  return at < 0 ? literal(role) : `${literal(role.slice(0, at))}@${literal(role.slice(at + 1))}`;
}
