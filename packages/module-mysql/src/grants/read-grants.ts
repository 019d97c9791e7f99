import { plainPlace } from "./place.ts";
import type { Privileges } from "./privileges.ts";
import { joined, privilegeNames } from "./privileges.ts";

/** MySQL tells a whole server's ALL as a long list: these are in every one of its versions. */
const ALL_OF_MYSQL =
  "SELECT,INSERT,UPDATE,DELETE,CREATE,DROP,RELOAD,SHUTDOWN,PROCESS,FILE,REFERENCES,INDEX,ALTER,SHOW DATABASES,SUPER,CREATE TEMPORARY TABLES,LOCK TABLES,EXECUTE,REPLICATION SLAVE,REPLICATION CLIENT,CREATE VIEW,SHOW VIEW,CREATE ROUTINE,ALTER ROUTINE,CREATE USER,EVENT,TRIGGER,CREATE TABLESPACE,CREATE ROLE,DROP ROLE".split(
    ",",
  );

/** Reads what SHOW GRANTS says. What it tells of passwords is not kept. */
export function readGrants(lines: readonly string[]): Privileges {
  return asAll(lines.reduce<Privileges>((all, line) => joined(all, grantIn(line)), {}));
}

function grantIn(line: string): Privileges {
  const grant =
    /^GRANT (.+?) ON ((?:FUNCTION |PROCEDURE )?(?:\*|`(?:[^`]|``)*`)\.(?:\*|`(?:[^`]|``)*`)) TO (.*)$/s.exec(line);
  if (grant) {
    const [, list = "", place = "", rest = ""] = grant;
    const names = splitList(list).flatMap(privilegeNames);
    const all = / WITH .*GRANT OPTION/.test(rest) ? [...names, "GRANT"] : names;
    return all.length === 0 ? {} : { [plainPlace(place)]: all.toSorted() };
  }
  const roles = /^GRANT (`.*`(?:@`.*`)?) TO /s.exec(line);
  return roles ? { roles: splitList(roles[1] ?? "").map((role) => role.replaceAll("`", "").replace(/@%$/, "")) } : {};
}

/** At commas that are not in brackets. */
function splitList(text: string): string[] {
  return text.split(/,\s*(?![^(]*\))/);
}

function asAll(privileges: Privileges): Privileges {
  const everywhere = new Set(privileges["*.*"] ?? []);
  if (!ALL_OF_MYSQL.every((name) => everywhere.has(name))) return privileges;
  return { ...privileges, "*.*": ["ALL", ...(everywhere.has("GRANT") ? ["GRANT"] : [])] };
}
