import { moduleLaws } from "@evenkeel/conformance";
import type { AnyModule } from "@evenkeel/core";
import { kinds as everyday } from "@evenkeel/kinds";
import { describe, expect, test } from "vitest";
import { kinds, modules } from "./index.ts";

/** What the modules are asked on a host with a server, and on a blank one; database, user and grants have their own (modules.test.ts). */
const value = { state: "present", value: "151", isDynamic: true, persisted: false };
const running = { state: "running", flavour: "mariadb", anonymous: [], openRoots: [], hasTestDatabase: false };
const away = { state: "unreached", server: "absent", because: "nothing is installed" };
const installed = { state: "installed", version: "1", manager: "apt", candidate: "1" };
const active = { state: "present", isActive: true, isEnabled: true };
const nobody = { state: "absent", flavour: "mariadb" };
const found: Readonly<Record<string, readonly { params: object; states: readonly unknown[] }[]>> = {
  "mysql.server": [
    { params: { settings: {} }, states: [installed, active, { type: "absent" }, running] },
    {
      params: { settings: { max_connections: 200 } },
      states: [
        { state: "absent", manager: "apt", candidate: "1" },
        { state: "absent" },
        { type: "absent" },
        away,
        away,
      ],
    },
  ],
  "mysql.migrate": [
    { params: { database: "shop", folder: "/m" }, states: [{ state: "known", files: [], records: [] }] },
  ],
  "mysql.query": [{ params: { statements: ["SELECT 1"], reads: true }, states: [{ state: "said", results: [] }] }],
  mysql_query: [{ params: { query: ["INSERT INTO t VALUES (1)"] }, states: [] }],
  mysql_db: [{ params: { name: ["shop"] }, states: [nobody] }],
  mysql_user: [{ params: { name: "app", password: "secret-words" }, states: [nobody] }],
  mysql_variables: [{ params: { variable: "max_connections", value: 200 }, states: [value] }],
  mysql_info: [
    { params: { filter: ["version"] }, states: [{ state: "told", version: "1", flavour: "mariadb", parts: {} }] },
  ],
};
const elsewhere = ["mysql.database", "mysql.user", "mysql.grants"];

test("every module is here, or in modules.test.ts", () => {
  expect([...Object.keys(found), ...elsewhere].toSorted()).toEqual(modules.map(({ name }) => String(name)).toSorted());
});

describe.each(modules.filter(({ name }) => String(name) in found))("$name keeps the laws", (module) => {
  const examples = (found[String(module.name)] ?? []).map(({ params, states }) => ({
    params: { ...defaultsOf(module), ...params },
    name: JSON.stringify(params),
    states,
  }));
  for (const { name, check } of moduleLaws(module, [...everyday, ...kinds], examples)) test(name, check);
});

function defaultsOf({ params }: AnyModule): object {
  const properties = Object.entries(params.properties as Readonly<Record<string, { default?: unknown }>>);
  return Object.fromEntries(
    properties.flatMap(([key, { default: usual }]) => (usual === undefined ? [] : [[key, usual]])),
  );
}
