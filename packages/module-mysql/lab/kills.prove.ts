import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DatabaseHost, password, servers } from "./database-host.ts";

/** Stopped at any point, or failed in the middle: the next run comes to the same end, and nothing is half done. */
describe.each(servers)("$flavour", (server) => {
  let on: DatabaseHost;
  beforeAll(async () => {
    on = await DatabaseHost.boot(server);
  });
  afterAll(() => on?.[Symbol.asyncDispose]());

  const reset = () =>
    on.sql(
      "DROP DATABASE IF EXISTS killed; DROP USER IF EXISTS killed@localhost, other@localhost; SET GLOBAL max_connections = 151; SET GLOBAL wait_timeout = 28800",
    );
  const look = async () => {
    const asked = [
      "SHOW CREATE DATABASE killed",
      "SHOW GRANTS FOR killed@localhost",
      "SHOW GRANTS FOR other@localhost",
    ];
    const settings = "SELECT @@GLOBAL.max_connections, @@GLOBAL.wait_timeout";
    const said = await on.sql([...asked, settings].join(";\n"));
    return `${said.replace(/ IDENTIFIED .*/g, "")}\n${await on.host.readFile(server.file)}`;
  };

  test("kill -9 of the controller at every point, and then again: the same end, without a restart", async () => {
    const tasks = [
      on.settings({ max_connections: 99, wait_timeout: 900 }),
      { "mysql.database": { name: "killed", charset: "latin1" } },
      { "mysql.user": { name: "killed", password } },
      { "mysql.grants": { name: "killed", exact: true, grants: { "killed.*": ["SELECT", "INSERT"] } } },
      { mysql_user: { name: "other", password, priv: "killed.*:ALL" } },
    ];
    await reset();
    await on.apply(tasks);
    const [end, process] = [await look(), await on.process()];
    let points = 0;
    for (let at = 1; ; at++) {
      await reset();
      await on.apply([on.settings({})]);
      const environment = { EVENKEEL_FAULT_KILL_AT: String(at) };
      const { status } = await on.evenkeel.run("apply", "db", tasks, { environment });
      await on.apply(tasks);
      expect(await look(), `killed at ${at}`).toBe(end);
      expect((await on.apply(tasks)).changes, `killed at ${at}`).toEqual([]);
      if (status === 0) break;
      points = at;
    }
    expect(points).toBeGreaterThan(12);
    expect(await on.process()).toBe(process);
  }, 900_000);

  test("what fails in the middle is taken back: the account goes, a password comes back as the server kept it", async () => {
    await reset();
    await on.sql("CREATE DATABASE killed");
    const fails = { mysql_user: { name: "killed", password, priv: "killed.*:NO_SUCH_PRIVILEGE" } };
    const failed = await on.evenkeel.run("apply", "db", [fails]);
    expect(failed.status, failed.output).toBe(1);
    expect(await on.sql("SELECT COUNT(*) FROM mysql.user WHERE User = 'killed'")).toBe("0");
    await on.apply([{ "mysql.user": { name: "killed", password: "before-it's\\" } }]);
    const stored = () =>
      on.sql("SELECT plugin, HEX(authentication_string), ssl_type FROM mysql.user WHERE User = 'killed'");
    const before = await stored();
    expect((await on.evenkeel.run("apply", "db", [fails])).status).toBe(1);
    expect(await stored()).toBe(before);
    expect((await on.apply([{ "mysql.user": { name: "killed", password: "before-it's\\" } }])).changes).toEqual([]);
  });
});
