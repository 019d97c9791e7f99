import { identifier, literal } from "../sql/quote-sql.ts";
import { placeSql } from "./place.ts";
import type { Privileges } from "./privileges.ts";
import { lacking } from "./privileges.ts";

/** Statements that give privileges; the account is SQL already. */
function grantSql(privileges: Privileges, account: string): string[] {
  return Object.entries(privileges).map(([place, names]) => {
    if (place === "roles") return `GRANT ${names.map(roleSql).join(", ")} TO ${account}`;
    const plain = names.filter((name) => name !== "GRANT");
    const list = plain.length === 0 ? "USAGE" : plain.map(privilegeSql).join(", ");
    return `GRANT ${list} ON ${placeSql(place)} TO ${account}${names.includes("GRANT") ? " WITH GRANT OPTION" : ""}`;
  });
}

/** The right to hand on is taken by itself: beside ALL it is no privilege to SQL. */
function revokeSql(privileges: Privileges, account: string): string[] {
  return Object.entries(privileges).flatMap(([place, names]) => {
    if (place === "roles") return [`REVOKE ${names.map(roleSql).join(", ")} FROM ${account}`];
    const plain = names.filter((name) => name !== "GRANT");
    const lists = [plain.map(privilegeSql).join(", "), names.includes("GRANT") ? "GRANT OPTION" : ""].filter(Boolean);
    return lists.map((list) => `REVOKE ${list} ON ${placeSql(place)} FROM ${account}`);
  });
}

/**
 * From what an account has to what it is to have. Given first, then taken: at no moment has it less than what it has before and
 * after. Only what is left of ALL is given again, after all was taken.
 */
export function changeSql(has: Privileges, wanted: Privileges, account: string): string[] {
  const [given, taken] = [lacking(has, wanted), lacking(wanted, has)];
  const left = Object.entries(taken).flatMap(([place, names]) =>
    names.includes("ALL") && wanted[place]?.length ? [[place, wanted[place]] as const] : [],
  );
  return [...grantSql(given, account), ...revokeSql(taken, account), ...grantSql(Object.fromEntries(left), account)];
}

function privilegeSql(name: string): string {
  const [, word = name, column] = /^([A-Z_ ]+?) \((.*)\)$/.exec(name) ?? [];
  if (column === undefined) return word === "ALL" ? "ALL PRIVILEGES" : word;
  return `${word} (${identifier(column)})`;
}

function roleSql(role: string): string {
  const at = role.lastIndexOf("@");
  return at < 0 ? literal(role) : `${literal(role.slice(0, at))}@${literal(role.slice(at + 1))}`;
}
