import type { Host } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DatabaseHost, password, servers } from "./database-host.ts";

/** A server by its address, from a host that has neither a server nor a client: through a tunnel, with nothing installed for it. */
describe.each(servers)("$flavour", (server) => {
  let on: DatabaseHost;
  let web: Host;
  beforeAll(async () => {
    on = await DatabaseHost.boot(server);
    web = await on.lab.addHost({ name: "web", suite: "tiny" });
    await on.apply([
      { "mysql.user": { name: "boss", host: "%", password } },
      { "mysql.grants": { name: "boss", host: "%", grants: { "*.*": ["ALL", "GRANT"] } } },
    ]);
  });
  afterAll(() => on?.[Symbol.asyncDispose]());

  const login = { login_host: "db", login_user: "boss", login_password: password };
  const run = (command: "plan" | "apply", tasks: readonly object[]) => on.evenkeel.run(command, "web", tasks);

  test("everything that goes through a tunnel: planned, done, proven, and then nothing is left to do", async () => {
    const tasks = [
      { "mysql.database": { name: "far_shop", charset: "utf8mb4", ...login } },
      { "mysql.user": { name: "far", host: "%", password: `${password}2`, ...login } },
      {
        "mysql.grants": {
          name: "far",
          host: "%",
          exact: true,
          grants: { "far_shop.*": ["SELECT", "INSERT"] },
          ...login,
        },
      },
      { mysql_db: { name: "other_shop", ...login } },
      { mysql_user: { name: "other", host: "%", password, priv: "other_shop.*:ALL", ...login } },
      { mysql_variables: { variable: "max_connect_errors", value: 77, ...login } },
    ];
    const planned = await run("plan", tasks);
    expect(planned.status, planned.output).toBe(0);
    const done = await run("apply", tasks);
    expect(done.status, done.output).toBe(0);
    expect(done.changes).toEqual(planned.changes);
    expect(done.changes).toHaveLength(7);
    expect((await run("apply", tasks)).changes).toEqual([]);
    expect((await run("plan", tasks)).changes).toEqual([]);
    expect(await on.sql("SHOW GRANTS FOR far@'%'")).toContain("GRANT SELECT, INSERT ON `far\\\\_shop`.*");
    expect(await on.sql("SELECT @@GLOBAL.max_connect_errors")).toBe("77");
    for (const each of [planned, done]) expect(each.output).not.toContain("canary");
    expect((await web.shell("find / -xdev -newer /etc/hostname -name '*mysql*' -o -name '*mariadb*'")).stdout).toBe("");
  });

  test("statements give the same rows as through the socket", async () => {
    const statements = [
      "DROP TABLE IF EXISTS shop.kinds",
      "CREATE TABLE shop.kinds (i INT, b BIGINT, d DECIMAL(9,2), t TEXT, n INT NULL, j DATETIME)",
      "INSERT INTO shop.kinds VALUES (1, 9007199254740993, 1.50, %s, NULL, '2026-11-21 15:00:00')",
      "UPDATE shop.kinds SET i = i + 1",
    ];
    const values = ['it\'s \\ "é"\n<b>&amp;'];
    const reading = ["SELECT i, b, d, t, n, j FROM shop.kinds"];
    const tasks = (own: object) => [
      { "mysql.query": { statements, values, single_transaction: false, ...own }, register: "wrote" },
      { "mysql.query": { statements: reading, reads: true, ...own }, register: "read" },
      { debug: { msg: "{{ [wrote.counts, read.results, read.counts] | to_json }}" } },
    ];
    const told = async (host: string, own: object) => {
      const { status, output } = await on.evenkeel.run("apply", host, tasks(own));
      expect(status, output).toBe(0);
      const event =
        output.split("\n").findLast((line) => line.includes('"type":"task"') && line.includes('"msg"')) ?? "";
      return JSON.parse((JSON.parse(event) as { result: { msg: string } }).result.msg) as unknown[];
    };
    const near = await told("db", {});
    expect(await told("web", login)).toEqual(near);
    const rows = [{ i: 2, b: "9007199254740993", d: "1.50", t: values[0], n: null, j: "2026-11-21 15:00:00" }];
    expect(near[1]).toEqual([rows]);
    expect((near[0] as number[]).slice(2)).toEqual([1, 1]);
  });

  test("who may not come in, nobody there, and a statement that is refused: each says so, without what is secret", async () => {
    const refuse = async (task: object, pattern: RegExp) => {
      const done = await run("apply", [task]);
      expect(done.status, done.output).toBe(1);
      expect(done.output).toMatch(pattern);
      expect(done.output).not.toContain("canary");
    };
    const database = (own: object) => ({ "mysql.database": { name: "x", ...login, ...own } });
    await refuse(database({ login_password: "canary-wrong" }), /does not let us in.*Access denied/s);
    await refuse(database({ login_port: 3399 }), /does not answer/);
    await refuse(database({ login_host: "nowhere.test" }), /does not answer/);
    await refuse(
      { mysql_user: { name: "x", password: "canary-x", plugin: "no_such_plugin", ...login } },
      /the database server refused a statement/,
    );
  });

  test("two servers in one run, near and far, are two", async () => {
    await on.apply([
      { "mysql.database": { name: "near_only" } },
      { "mysql.database": { name: "near_only", ...login } },
    ]);
    const tasks = [
      { "mysql.database": { name: "gone", ...login } },
      { "mysql.database": { name: "gone", state: "absent", ...login } },
    ];
    expect((await run("apply", tasks)).changes).toEqual([
      "ensure mysql.database db:3306/gone",
      "remove mysql.database db:3306/gone",
    ]);
  });
});
