import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Evenkeel } from "./evenkeel.ts";

/** A blank host, and then a database with an account: the plan is true, and the second run has nothing to do. */
let lab: Lab;
let evenkeel: Evenkeel;
beforeAll(async () => {
  lab = await createLab();
  evenkeel = new Evenkeel(lab.inventoryFile);
});
afterAll(async () => {
  evenkeel?.[Symbol.dispose]();
  await lab?.down();
});

const password = `it's "\\ \`;-- wörd`;
const tasks = (flavour: string) => [
  { "mysql.server": { flavour, settings: { max_connections: 200, innodb_read_io_threads: 5 } } },
  { "mysql.database": { name: "shop_db", charset: "utf8mb4", collation: "utf8mb4_unicode_ci" } },
  { "mysql.database": { name: "test", state: "absent" } },
  { "mysql.user": { name: "app", password } },
  { "mysql.user": { name: "", host: "localhost", state: "absent" } },
  {
    "mysql.grants": { name: "app", exact: true, grants: { "shop_db.*": ["SELECT", "INSERT", "UPDATE", "DELETE"] } },
  },
];

const servers = [
  { suite: "trixie", flavour: "mariadb", file: "/etc/mysql/mariadb.conf.d/zz-evenkeel.cnf" },
  { suite: "bookworm", flavour: "mariadb", file: "/etc/mysql/mariadb.conf.d/zz-evenkeel.cnf" },
  { suite: "sid", flavour: "mysql", file: "/etc/mysql/mysql.conf.d/zz-evenkeel.cnf" },
] as const;

// The others when it is to be proven: each is a whole installation.
const isProving = process.env.EVENKEEL_PROVE === "1";
test.each(servers.slice(0, isProving ? 3 : 1))(
  "$flavour on $suite",
  { timeout: 480_000 },
  async ({ suite, flavour, file }) => {
    const host = await lab.addHost({ name: suite, suite });
    await host.run(["systemctl", "is-system-running", "--wait"], { check: false });
    const planned = await evenkeel.run("plan", suite, tasks(flavour));
    expect(planned.status, planned.output).toBe(0);
    expect(planned.changes).toEqual([
      `ensure package ${flavour}-server`,
      `ensure file ${file}`,
      `ensure unit ${flavour}.service`,
      "ensure mysql.server local",
      "ensure mysql.setting max_connections",
      "ensure mysql.setting innodb_read_io_threads",
      "ensure mysql.database shop_db",
      "ensure mysql.user app@localhost",
      "ensure mysql.grants app@localhost",
      "run package services",
    ]);
    const applied = await evenkeel.run("apply", suite, tasks(flavour));
    expect(applied.status, applied.output).toBe(0);
    expect(applied.changes).toEqual(planned.changes);
    const process = async () => (await host.shell("pidof mariadbd mysqld")).stdout;
    const served = await process();
    const again = await evenkeel.run("apply", suite, tasks(flavour));
    expect(again.status, again.output).toBe(0);
    expect(again.changes).toEqual([]);
    const client = flavour === "mariadb" ? "mariadb" : "mysql";
    await host.writeFile("/root/login.cnf", `[client]\nuser=app\npassword="it's \\"\\\\ \`;-- wörd"\n`);
    const { stdout } = await host.shell(
      `${client} --defaults-file=/root/login.cnf --default-character-set=utf8mb4 -BN -e 'SELECT CURRENT_USER()' shop_db`,
    );
    expect(stdout).toBe("app@localhost\n");
    await migrates(suite);
    await settles(suite, flavour);
    expect(await process()).toBe(served);
    await host.stop({ hard: true });
  },
);

/** Each file once, in order; what has run and was changed since is refused; one that fails says so, and is seen again. */
async function migrates(suite: string): Promise<void> {
  const write = (name: string, text: string) => evenkeel.write(`migrations/${name}`, text);
  write(
    "001_notes.sql",
    "CREATE TABLE notes (id INT PRIMARY KEY, words TEXT);\nINSERT INTO notes VALUES (1, 'a;b');\n",
  );
  write("002_more.sql", "INSERT INTO notes VALUES (2, '-- no comment');\n");
  const migrate = [{ "mysql.migrate": { database: "shop_db", folder: "migrations" } }];
  const first = await evenkeel.run("apply", suite, migrate);
  expect(first.status, first.output).toBe(0);
  expect(first.changes).toHaveLength(2);
  expect((await evenkeel.run("apply", suite, migrate)).changes).toEqual([]);
  const statements = ["SELECT words FROM notes ORDER BY id"];
  const words = `found.results[0] | map(attribute="words")`;
  const asked = await evenkeel.run("apply", suite, [
    { "mysql.query": { database: "shop_db", reads: true, statements }, register: "found" },
    { assert: { that: `${words} == ["a;b", "-- no comment"]` } },
  ]);
  expect(asked.status, asked.output).toBe(0);
  write("003_broken.sql", "INSERT INTO notes VALUES (3, 'x');\nINSERT INTO nowhere VALUES (1);\n");
  const broken = await evenkeel.run("apply", suite, migrate);
  expect(broken.status, broken.output).toBe(1);
  expect(broken.output).toContain("nowhere");
  const again = await evenkeel.run("apply", suite, migrate);
  expect(again.status, again.output).toBe(1);
  expect(again.output).toContain("003_broken.sql");
  rmSync(join(evenkeel.folder, "migrations/003_broken.sql"));
}

/** What can be set while the server runs is set; what cannot is refused in a plan already, and so is what it does not know. */
async function settles(suite: string, flavour: string): Promise<void> {
  const server = (settings: object) => [{ "mysql.server": { flavour, settings } }];
  const dynamic = server({ max_connections: 210, long_query_time: 0.5, innodb_read_io_threads: 5 });
  const set = await evenkeel.run("apply", suite, dynamic);
  expect(set.status, set.output).toBe(0);
  expect(set.changes).toHaveLength(3);
  expect((await evenkeel.run("apply", suite, dynamic)).changes).toEqual([]);
  const fixed = await evenkeel.run("plan", suite, server({ innodb_read_io_threads: 5, back_log: 70 }));
  expect(fixed.status, fixed.output).toBe(1);
  expect(fixed.output).toMatch(/RESTART REQUIRED: back_log/);
  const unknown = await evenkeel.run("plan", suite, server({ max_conections: 5 }));
  expect(unknown.output).toMatch(/knows no setting max_conections/);
}
