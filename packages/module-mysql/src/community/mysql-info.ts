import { defineModule, InputError, isUnsettled, UnsettledValue } from "@evenkeel/core";
import { Type } from "typebox";
import { doorOf } from "../door/login-params.ts";
import { reached } from "../door/reply.ts";
import { CommunityLogin } from "./community-login.ts";
import type { ToldInfo } from "./info.ts";
import { info, parts } from "./info.ts";

const known = ["version", ...parts];
/** What Ansible's tells beside that: it may be left out by name, and cannot be asked for. */
const others = ["users_info", "master_status", "slave_status", "slave_hosts", "replica_status"];

export const communityInfo = defineModule({
  name: "mysql_info",
  summary: "What a server tells of itself, as Ansible's community.mysql has it.",
  params: Type.Object(
    {
      filter: Type.Optional(
        Type.Array(Type.String(), {
          description: `which parts: ${known.join(", ")}; with \`!\` before: not these`,
          split: true,
        }),
      ),
      exclude_fields: Type.Optional(
        Type.Array(Type.String(), {
          description: "fields of databases to leave out: db_size, db_table_count",
          split: true,
        }),
      ),
      return_empty_dbs: Type.Boolean({ default: false, description: "databases without tables, too" }),
      login_db: Type.Optional(Type.String({ description: "has no effect: nothing here is about one database" })),
      ...CommunityLogin,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    return { told: info(wanted(params.filter).join(" "), doorOf(params)) };
  },
  plan: ({ told }) => {
    // What is not known yet is the result's business.
    if (!isUnsettled(told.state)) toldIn(told);
    return [];
  },
  result({ before: { told } }, params) {
    return fieldsOf(toldIn(told), params);
  },
  returns: Type.Object({
    server_engine: Type.String({ description: "MariaDB or MySQL" }),
    version: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: "major, minor, release, suffix, full" }),
    ),
    databases: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: "size and tables of each" })),
    settings: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: "global variables" })),
    global_status: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: "counters" })),
    engines: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: "storage engines" })),
    users: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: "accounts by host" })),
  }),
});

/** What Ansible knows and we do not is said, and not left out silently. */
function wanted(filter: readonly string[] = []): readonly string[] {
  const isLeft = (each: string) => each.startsWith("!") && [...known, ...others].includes(each.slice(1));
  const strange = filter.filter((each) => !known.includes(each) && !isLeft(each));
  if (strange.length > 0) {
    throw new InputError({
      code: "mysql/info",
      message: `mysql_info does not tell ${strange.join(", ")}`,
      hint: `it tells ${known.join(", ")}; the rest with mysql_query`,
    });
  }
  const left = new Set(filter.filter((each) => each.startsWith("!")).map((each) => each.slice(1)));
  const right = filter.filter((each) => !each.startsWith("!"));
  return (right.length > 0 ? right : known).filter((name) => !left.has(name));
}

function toldIn(told: Parameters<typeof reached<ToldInfo>>[0] & { readonly state: unknown }): ToldInfo {
  const state = reached<ToldInfo>(told, { state: "told", version: "", flavour: "mariadb", parts: {} });
  if (isUnsettled(state)) throw new UnsettledValue(state.unsettled);
  return state;
}

interface Wish {
  readonly filter?: readonly string[];
  readonly exclude_fields?: readonly string[];
  readonly return_empty_dbs: boolean;
}

function fieldsOf({ version, flavour, parts: told }: ToldInfo, wish: Wish) {
  const [, major = "", minor = "", release = "", suffix = ""] = /^(\d+)\.(\d+)\.(\d+)(?:-([^.]*))?/.exec(version) ?? [];
  const left = new Set(wish.exclude_fields);
  const map = (part: string, nameOf: (name: string) => string) =>
    Object.fromEntries((told[part] ?? []).map(([name, value]) => [nameOf(String(name)), counted(value)]));
  const databases = (told.databases ?? []).filter(([, , tables]) => wish.return_empty_dbs || Number(tables) > 0);
  return {
    server_engine: flavour === "mariadb" ? "MariaDB" : "MySQL",
    ...(wanted(wish.filter).includes("version") && {
      version: { major: Number(major), minor: Number(minor), release: Number(release), suffix, full: version },
    }),
    ...(told.settings && { settings: map("settings", (name) => name.toLowerCase()) }),
    ...(told.global_status && { global_status: map("global_status", statusName) }),
    ...(told.databases && {
      databases: Object.fromEntries(
        databases.map(([name, size, tables]) => [
          String(name),
          { ...(!left.has("db_size") && { size }), ...(!left.has("db_table_count") && { tables }) },
        ]),
      ),
    }),
    ...(told.engines && {
      engines: Object.fromEntries(
        told.engines.map(([name, Support, Comment, Transactions, XA, Savepoints]) => [
          String(name),
          { Support, Comment, Transactions, XA, Savepoints },
        ]),
      ),
    }),
    ...(told.users && { users: usersOf(told.users) }),
  };
}

/** As Ansible has values: what is a whole number is one. */
function counted(value: string | number | null | undefined): string | number | null {
  const isWhole = typeof value === "string" && /^[+-]?\d+$/.test(value) && Number.isSafeInteger(Number(value));
  return isWhole ? Number(value) : (value ?? null);
}

/** As SHOW GLOBAL STATUS writes them; MariaDB's table has them in capitals. */
function statusName(name: string): string {
  if (name !== name.toUpperCase()) return name;
  const lower = name.toLowerCase();
  return lower.startsWith("wsrep_") ? lower : `${name.slice(0, 1)}${lower.slice(1)}`;
}

function usersOf(rows: readonly (readonly (string | number | null)[])[]) {
  const hosts = Map.groupBy(rows, ([host]) => String(host));
  return Object.fromEntries(
    [...hosts].map(([host, all]) => [
      host,
      Object.fromEntries(all.map(([, name, plugin]) => [String(name), { plugin }])),
    ]),
  );
}
