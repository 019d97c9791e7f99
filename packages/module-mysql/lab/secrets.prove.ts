import { createConnection } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DatabaseHost, password, servers } from "./database-host.ts";

/** Who may do what, and who gets to see a password. */
describe.each(servers)("$flavour", (server) => {
  let on: DatabaseHost;
  beforeAll(async () => {
    on = await DatabaseHost.boot(server);
  });
  afterAll(() => on?.[Symbol.asyncDispose]());

  const apply = (tasks: readonly object[]) => on.apply(tasks);
  const grantsOf = async (account: string) =>
    (await on.sql(`SHOW GRANTS FOR ${account}`))
      .split("\n")
      .map((line) => line.replace(/ IDENTIFIED .*/, ""))
      .toSorted();

  test("no password on a command line, in an environment, an output or a file, looked for all the time", async () => {
    const canaries = ["canary-of-the-app", "canary-of-the-login", "canary-in-a-statement", "canary-in-a-migration"];
    const [app, login, statement, migration] = canaries as [string, string, string, string];
    await on.host.writeFile("/root/canary", `${canaries.join("\n")}\n`);
    const stop = await sample(on, "/run/found");
    await on.apply([
      { "mysql.user": { name: "canary", password: login } },
      { "mysql.grants": { name: "canary", grants: { "*.*": ["ALL", "GRANT"] } } },
    ]);
    on.migration("001_secret.sql", `CREATE TABLE secrets (words TEXT);\nINSERT INTO secrets VALUES ('${migration}');`);
    const own = { login_user: "canary", login_password: login };
    const remote = { ...own, login_host: "127.0.0.1" };
    const tasks = [
      { "mysql.user": { name: "fresh", password: app, ...own } },
      { "mysql.user": { name: "far", password: app, ...remote } },
      {
        "mysql.query": {
          statements: ["SELECT SLEEP(0.5) AS slept, LENGTH(%s) AS length"],
          values: [statement],
          ...own,
        },
      },
      {
        "mysql.query": {
          statements: ["SELECT SLEEP(0.5) AS slept, LENGTH(%s) AS length"],
          values: [statement],
          reads: true,
          ...own,
        },
      },
      { "mysql.migrate": { database: "shop", folder: "migrations", ...own } },
      { mysql_user: { name: "theirs", password: app, priv: "shop.*:SELECT", ...own } },
      { mysql_db: { name: "shop", state: "dump", target: "/root/shop.sql.gz", ...own }, no_log: true },
    ];
    const planned = await on.evenkeel.run("plan", "db", tasks);
    expect(planned.status, planned.output).toBe(0);
    const done = await apply(tasks);
    // A statement that the server refuses is told without what it holds.
    const refused = await on.evenkeel.run("apply", "db", [
      { "mysql.user": { name: "worse", password: app, plugin: "no_such_plugin" } },
    ]);
    expect(refused.status).toBe(1);
    const quoted = await on.evenkeel.run("apply", "db", [
      { "mysql.query": { statements: ["INSERT INTO nowhere VALUES (%s)"], values: [statement] }, no_log: true },
    ]);
    expect(quoted.status).toBe(1);
    expect(await stop()).toEqual([]);
    for (const said of [planned, done, refused, quoted])
      for (const each of canaries) expect(said.output).not.toContain(each);
    // What the server itself keeps, and the dump, which was asked for, are no leak.
    const { stdout } = await on.host.shell(
      "find / -xdev -type f -newer /root/canary -not -path '/proc/*' -not -path '/var/lib/mysql*' -not -path /root/shop.sql.gz -exec grep -laFf /root/canary {} + 2>/dev/null || :",
    );
    expect(stdout).toBe("");
    expect((await on.host.shell("stat -c %a /root/shop.sql.gz")).stdout).toBe("600\n");
    // Whoever does it otherwise is found.
    const stopAgain = await sample(on, "/run/found-again");
    await on.host.writeFile("/root/leak", `x=$(sed -n 1p /root/canary); C=$x sleep 1; sh -c 'sleep 1; :' "$x"`);
    await on.host.shell("sh /root/leak");
    expect((await stopAgain()).map((path) => path.split("/").at(-1))).toEqual(
      expect.arrayContaining(["cmdline", "environ"]),
    );
  }, 120_000);

  test("an account may do what is declared, on its database alone, from where it is declared", async () => {
    const tasks = [
      { "mysql.user": { name: "web", host: "10.0.0.%", password, require_tls: "any" } },
      { "mysql.user": { name: "web", password } },
      { "mysql.user": { name: "deploy", password } },
      {
        "mysql.grants": { name: "web", exact: true, grants: { "shop.*": ["SELECT", "INSERT", "UPDATE", "DELETE"] } },
        register: "web",
      },
      { "mysql.grants": { name: "deploy", exact: true, grants: { "shop.*": ["ALL"] } } },
      { debug: { msg: "extra={{ web.extra | default({}) | to_json }}" } },
    ];
    await apply(tasks);
    expect(await grantsOf("web@localhost")).toEqual([
      "GRANT SELECT, INSERT, UPDATE, DELETE ON `shop`.* TO `web`@`localhost`",
      "GRANT USAGE ON *.* TO `web`@`localhost`",
    ]);
    expect(await grantsOf("deploy@localhost")).toEqual([
      "GRANT ALL PRIVILEGES ON `shop`.* TO `deploy`@`localhost`",
      "GRANT USAGE ON *.* TO `deploy`@`localhost`",
    ]);
    expect(await on.sql("SELECT ssl_type FROM mysql.user WHERE User = 'web' AND Host = '10.0.0.%'")).toBe("ANY");
    // Somebody gives more: it is told of, left where nobody says otherwise, and taken away on request.
    await on.sql(
      "GRANT FILE, PROCESS ON *.* TO web@localhost WITH GRANT OPTION; GRANT DROP ON shop.orders TO web@localhost",
    );
    const loose = { "mysql.grants": { name: "web", grants: { "shop.*": ["SELECT"] } }, register: "web" };
    const told = await apply([loose, { debug: { msg: "{{ web.extra | to_json }}" } }]);
    expect(told.changes).toEqual([]);
    expect(told.output).toMatch(/FILE.*GRANT.*PROCESS/);
    expect(told.output).toMatch(/shop\.orders/);
    const planned = await on.evenkeel.run("plan", "db", tasks);
    expect(planned.changes).toEqual(["ensure mysql.grants web@localhost"]);
    expect((await apply(tasks)).changes).toEqual(planned.changes);
    expect(await grantsOf("web@localhost")).toEqual([
      "GRANT SELECT, INSERT, UPDATE, DELETE ON `shop`.* TO `web`@`localhost`",
      "GRANT USAGE ON *.* TO `web`@`localhost`",
    ]);
    expect((await apply(tasks)).changes).toEqual([]);
  });

  test("root is the host's own root, by the socket, with no password; nobody is nobody; what others opened is closed", async () => {
    const secured = on.settings({});
    const open = `CREATE USER 'root'@'%' IDENTIFIED BY 'x'; CREATE USER ''@'localhost' IDENTIFIED BY ''; CREATE DATABASE test`;
    await on.sql(open);
    const planned = await on.evenkeel.run("plan", "db", [secured]);
    expect(planned.changes).toEqual(["ensure mysql.server local"]);
    await apply([secured]);
    expect(await on.sql("SELECT Host FROM mysql.user WHERE User = 'root'")).toBe("localhost");
    expect(await on.sql("SELECT COUNT(*) FROM mysql.user WHERE User = ''")).toBe("0");
    expect(await on.sql("SHOW DATABASES LIKE 'test'")).toBe("");
    await expect(createConnection({ host: on.host.address, user: "root", password: "x" })).rejects.toThrow(/denied/);
    // A root that takes a password, as older installations have it.
    const way =
      server.flavour === "mariadb" ? "IDENTIFIED BY 'word'" : "IDENTIFIED WITH caching_sha2_password BY 'word'";
    await on.sql(`ALTER USER 'root'@'localhost' ${way}`);
    await on.host.writeFile("/root/.my.cnf", "[client]\nuser=root\npassword=word\n");
    expect((await apply([secured])).changes).toEqual(["ensure mysql.server local"]);
    await on.host.shell("rm /root/.my.cnf");
    expect(await on.sql("SELECT CURRENT_USER()")).toBe("root@localhost");
    expect((await apply([secured])).changes).toEqual([]);
  });

  test("a connection from elsewhere needs TLS where that is said", async () => {
    await apply([{ "mysql.user": { name: "tls", host: "%", password, require_tls: "any" } }]);
    const login = { host: on.host.address, user: "tls", password };
    await expect(createConnection(login)).rejects.toThrow(/denied|secure/);
    const connection = await createConnection({ ...login, ssl: { rejectUnauthorized: false } });
    await connection.end();
    expect((await apply([{ "mysql.user": { name: "tls", host: "%", password, require_tls: "any" } }])).changes).toEqual(
      [],
    );
  });
});

/** Looks at all processes of a host, again and again; what it returns ends that, and says in which it found a canary. */
async function sample(on: DatabaseHost, file: string): Promise<() => Promise<readonly string[]>> {
  await on.host.writeFile(
    "/root/sampler",
    `n=0; : >${file}
while [ -e ${file}.on ]; do
  n=$((n + 1)); grep -laFf /root/canary /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null >>${file}; sleep 0.01
done
echo $n >${file}.count`,
  );
  await on.host.shell(`touch ${file}.on; setsid sh /root/sampler >/dev/null 2>&1 &`);
  const began = performance.now();
  return async () => {
    await on.host.shell(`rm ${file}.on; until [ -s ${file}.count ]; do sleep 0.1; done`);
    const looks = Number(await on.host.readFile(`${file}.count`));
    expect(looks / ((performance.now() - began) / 1000)).toBeGreaterThan(10);
    return [...new Set((await on.host.readFile(file)).split("\n").filter(Boolean))];
  };
}
