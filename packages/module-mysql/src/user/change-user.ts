import type { Change, Observed, Unsettled } from "@evenkeel/core";
import { isUnsettled, Secret } from "@evenkeel/core";
import type { Door } from "../door/door.ts";
import { nameAt } from "../door/door.ts";
import type { Flavour } from "../door/reply.ts";
import type { Statement } from "../door/sql-step.ts";
import { sqlStep } from "../door/sql-step.ts";
import { accountOf, accountSql } from "../sql/account.ts";
import { identifier, literal } from "../sql/quote-sql.ts";
import type { AbsentUser, PresentUser, TlsDemand, UserState } from "./user-state.ts";

type Now = AbsentUser | PresentUser | Unsettled;

export function changeUser(actual: Observed<UserState>, now: Now, after: PresentUser): Change<UserState> {
  const { kind, key, via } = actual;
  const door = via as Door | undefined;
  const name = accountSql(accountOf(nameAt(key, door)));
  const flavour = (!isUnsettled(now) && now.flavour) || "mariadb";
  const isNew = isUnsettled(now) || now.state === "absent";
  const verb = isNew ? "CREATE USER IF NOT EXISTS" : "ALTER USER";
  const steps = sqlStep(door, [statement(`${verb} ${name}`, after, flavour)]);
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "ensure", before: now, after, steps: [steps] },
    ...{ undo: undoOf(now, after, name, door), interrupts: "nothing" },
  };
}

export function dropUser({ kind, key, via }: Observed<UserState>, now: Now): Change<UserState> {
  const door = via as Door | undefined;
  const sql = `DROP USER IF EXISTS ${accountSql(accountOf(nameAt(key, door)))}`;
  return {
    ...{ kind, key, ...(via !== undefined && { via }), action: "remove", before: now, after: { state: "absent" } },
    ...{ steps: [sqlStep(door, [sql])], undo: [], interrupts: "outage" },
  };
}

/** The way in is one clause; with a password in it all of it is secret. */
function statement(start: string, state: PresentUser, flavour: Flavour): Statement {
  const sql = `${start}${waySql(state, flavour)}${tlsSql(state.tls)}`;
  return state.password === undefined && state.hash === undefined ? sql : new Secret(sql);
}

function waySql({ plugin, password, hash }: PresentUser, flavour: Flavour): string {
  const shown = password && literal(password.reveal());
  if (plugin === undefined && hash === undefined) return shown === undefined ? "" : ` IDENTIFIED BY ${shown}`;
  const way = ` IDENTIFIED WITH ${pluginSql(plugin ?? "mysql_native_password", flavour)}`;
  if (hash !== undefined) return `${way} ${flavour === "mariadb" ? "USING" : "AS"} ${literal(hash.reveal())}`;
  if (shown === undefined) return way;
  return `${way} ${flavour === "mariadb" ? `USING PASSWORD(${shown})` : `BY ${shown}`}`;
}

function pluginSql(plugin: string, flavour: Flavour): string {
  return identifier(plugin === "auth_socket" && flavour === "mariadb" ? "unix_socket" : plugin);
}

function tlsSql(tls: TlsDemand | undefined): string {
  if (tls === undefined || tls === "other") return "";
  return ` REQUIRE ${{ none: "NONE", any: "SSL", x509: "X509" }[tls]}`;
}

/** Back to what the server kept of the password: nobody needs to know it for that. */
function undoOf(now: Now, after: PresentUser, name: string, door: Door | undefined) {
  if (isUnsettled(now)) return [];
  if (now.state === "absent") return [sqlStep(door, [`DROP USER IF EXISTS ${name}`])];
  const { flavour = "mariadb", plugin, stored, tls } = now;
  const isWay = after.plugin !== undefined || after.password !== undefined || after.hash !== undefined;
  const word = flavour === "mariadb" ? "USING" : "AS";
  const bytes = stored === undefined ? Buffer.alloc(0) : Buffer.from(stored.reveal(), "hex");
  const kept =
    bytes.length === 0
      ? ""
      : ` ${word} ${flavour === "mariadb" ? literal(bytes.toString("latin1")) : `0x${bytes.toString("hex")}`}`;
  const way = isWay && plugin !== undefined ? ` IDENTIFIED WITH ${pluginSql(plugin, flavour)}${kept}` : "";
  return [sqlStep(door, [new Secret(`ALTER USER ${name}${way}${after.tls === undefined ? "" : tlsSql(tls)}`)])];
}
