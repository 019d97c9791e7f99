import { moduleLaws } from "@evenkeel/conformance";
import type { AnyModule, Change } from "@evenkeel/core";
import { Secret, unsettled } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { mysqlDatabase } from "./database/mysql-database.ts";
import { mysqlGrants } from "./grants/mysql-grants.ts";
import { kinds } from "./index.ts";
import { mysqlUser } from "./user/mysql-user.ts";

const flavour = "mariadb";
const absent = { state: "absent", flavour } as const;
const database = { state: "present", charset: "utf8mb4", collation: "utf8mb4_general_ci", tables: 2 } as const;
const hex = Buffer.from("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19").toString("hex");
const user = {
  state: "present",
  flavour,
  plugin: "mysql_native_password",
  stored: new Secret(hex),
  tls: "none",
} as const;
const granted = { state: "present", privileges: { "shop.*": ["INSERT", "SELECT"] } } as const;

interface Row {
  readonly module: AnyModule;
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly state: object;
  readonly changes: readonly string[];
}

const db = { name: "shop", state: "present", with_data: false };
const app = { name: "app", host: "localhost", state: "present", password: "password" };
const may = { name: "app", host: "localhost", exact: true, grants: { "shop.*": ["SELECT", "insert"] } };
const rows: readonly Row[] = [
  { module: mysqlDatabase, name: "absent", params: db, state: absent, changes: ["ensure"] },
  { module: mysqlDatabase, name: "present", params: db, state: database, changes: [] },
  {
    module: mysqlDatabase,
    name: "drifted",
    params: { ...db, charset: "latin1" },
    state: database,
    changes: ["ensure"],
  },
  { module: mysqlDatabase, name: "unsettled", params: db, state: unsettled("a test"), changes: ["ensure"] },
  {
    module: mysqlDatabase,
    name: "to go with its data",
    params: { ...db, state: "absent", with_data: true },
    state: database,
    changes: ["remove"],
  },
  { module: mysqlUser, name: "absent", params: app, state: absent, changes: ["ensure"] },
  { module: mysqlUser, name: "present, its password right", params: app, state: user, changes: [] },
  {
    module: mysqlUser,
    name: "another password",
    params: { ...app, password: "other" },
    state: user,
    changes: ["ensure"],
  },
  { module: mysqlUser, name: "unsettled", params: app, state: unsettled("a test"), changes: ["ensure"] },
  { module: mysqlGrants, name: "less", params: may, state: { state: "present", privileges: {} }, changes: ["ensure"] },
  { module: mysqlGrants, name: "present", params: may, state: granted, changes: [] },
  {
    module: mysqlGrants,
    name: "more",
    params: { ...may, grants: { "shop.*": ["SELECT"] } },
    state: granted,
    changes: ["ensure"],
  },
  {
    module: mysqlGrants,
    name: "more, and let be",
    params: { ...may, exact: false, grants: { "shop.*": ["SELECT"] } },
    state: granted,
    changes: [],
  },
  { module: mysqlGrants, name: "unsettled", params: may, state: unsettled("a test"), changes: ["ensure"] },
];

test.each(rows)("$module.name: $name", ({ module, params, state, changes }) => {
  const { current } = module.observe(params) as { readonly current: { kind: string; key: string } };
  const planned: readonly Change[] = module.plan({ current: { ...current, state } }, params);
  expect(planned.map(({ action }) => action)).toEqual(changes);
});

test("a database with tables in it does not go by chance; a server that nobody brings is an error", () => {
  const plan = (state: object, params: object) =>
    (mysqlDatabase as AnyModule).plan(
      { current: { kind: "mysql.database", key: "shop", state } },
      { ...db, ...params },
    );
  expect(() => plan(database, { state: "absent" })).toThrow(expect.objectContaining({ code: "mysql/database-in-use" }));
  const nowhere = { state: "unreached", server: "absent", because: "nothing is installed" };
  expect(() => plan(nowhere, {})).toThrow(expect.objectContaining({ code: "mysql/absent" }));
});

test("what is taken away is a part of the difference", () => {
  const state = { state: "present", privileges: { "shop.*": ["SELECT"], "*.*": ["FILE"] } };
  const params = { ...may, grants: { "shop.*": ["SELECT"] } };
  const current = { kind: "mysql.grants", key: "app@localhost", state };
  const [change] = (mysqlGrants as AnyModule).plan({ current }, params);
  const grants = kinds.find(({ name }) => name === "mysql.grants");
  expect(grants?.describe(change?.after)).toEqual({ "shop.*": "SELECT", "*.*": "nothing" });
});

describe.each([mysqlDatabase, mysqlUser, mysqlGrants])("$name keeps the laws", (module) => {
  const examples = rows.filter((row) => row.module === module && !("unsettled" in row.state));
  for (const { name, check } of moduleLaws(
    module as AnyModule,
    kinds,
    examples.map(({ name, params, state }) => ({ name, params, states: [state] })),
  ))
    test(name, check);
});
