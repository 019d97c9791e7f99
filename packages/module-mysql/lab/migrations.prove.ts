import { createConnection } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DatabaseHost, password, servers } from "./database-host.ts";
import { whileQueried } from "./while-queried.ts";

/** Migrations where something is in the way, where something dies, and where two want the same. */
describe.each(servers)("$flavour", (server) => {
  let on: DatabaseHost;
  beforeAll(async () => {
    on = await DatabaseHost.boot(server);
  });
  afterAll(() => on?.[Symbol.asyncDispose]());

  const migrate = (folder: string, more: object = {}) => [{ "mysql.migrate": { database: "shop", folder, ...more } }];
  const write = (folder: string, name: string, text: string) => on.evenkeel.write(`${folder}/${name}`, text);
  const run = (folder: string, more: object = {}) => on.evenkeel.run("apply", "db", migrate(folder, more));
  const refuse = async (folder: string, pattern: RegExp, more: object = {}) => {
    const done = await run(folder, more);
    expect(done.status, done.output).toBe(1);
    expect(done.output).toMatch(pattern);
    return done;
  };
  /** Somebody who has read the table, and does not end their transaction. */
  const reader = async () => {
    const connection = await createConnection({ host: on.host.address, user: "app", password, database: "shop" });
    await connection.query("START TRANSACTION");
    await connection.query("SELECT * FROM orders");
    return connection;
  };
  const load = () => ({ address: on.host.address, password, perSecond: 50, sql: "SELECT words FROM orders" });

  test("a session in the way: given up, who it is is said, nobody is thrown out, and nobody else fails", async () => {
    write("locks", "101_note.sql", "ALTER TABLE orders ADD COLUMN note INT");
    const blocker = await reader();
    const { done, answers, errors } = await whileQueried(load(), () =>
      refuse("locks", /in the way: connection \d+ of app@.* in a transaction for \d+ s/),
    );
    expect(done.output.match(/in the way/g)?.length).toBeGreaterThanOrEqual(5);
    expect(done.output).toMatch(/waited 5 s for a lock, 5 times/);
    expect(errors).toEqual([]);
    const sorted = answers.map(({ ms }) => ms).toSorted((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length * 0.99)]).toBeLessThan(6000);
    // It was not ended: it still is in its transaction, and then the same migration runs.
    await blocker.query("SELECT * FROM orders");
    await blocker.query("COMMIT");
    await blocker.end();
    expect((await run("locks")).changes).toEqual(["ensure mysql.migration shop 101_note.sql"]);
    expect((await run("locks")).changes).toEqual([]);
  }, 180_000);

  test("it waits for one that ends in time", async () => {
    write("locks", "102_more.sql", "ALTER TABLE orders ADD COLUMN more INT");
    const blocker = await reader();
    setTimeout(() => void blocker.query("COMMIT").then(() => blocker.end()), 6000);
    const done = await run("locks", { lock_seconds: 1 });
    expect(done.status, done.output).toBe(0);
    expect(await on.sql("SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_NAME = 'orders'")).toBe("4");
  });

  test("kill -9 of the controller at every point: each statement has run once", async () => {
    const folder = "kills";
    write(
      folder,
      "201_log.sql",
      "CREATE TABLE IF NOT EXISTS log (words VARCHAR(20));\nINSERT INTO log VALUES ('one');",
    );
    write(folder, "202_log.sql", "INSERT INTO log VALUES ('two');\nDO SLEEP(0.3);\nINSERT INTO log VALUES ('three')");
    let points = 0;
    for (let at = 1; ; at++) {
      await on.sql("DROP DATABASE IF EXISTS killed");
      const tasks = [{ "mysql.database": { name: "killed" } }, { "mysql.migrate": { database: "killed", folder } }];
      const environment = { EVENKEEL_FAULT_KILL_AT: String(at) };
      const killed = await on.evenkeel.run("apply", "db", tasks, { environment });
      const again = await on.evenkeel.run("apply", "db", tasks);
      expect(again.status, `killed at ${at}: ${again.output}`).toBe(0);
      expect(await on.sql("SELECT GROUP_CONCAT(words) FROM killed.log"), `killed at ${at}`).toBe("one,two,three");
      expect((await on.evenkeel.run("apply", "db", tasks)).changes).toEqual([]);
      if (killed.status === 0) break;
      points = at;
    }
    expect(points).toBeGreaterThan(5);
  }, 600_000);

  test.each([
    {
      name: "client",
      kill: "pkill -9 -x mariadb; pkill -9 -x mysql",
      says: /session with the server was lost/,
      sleep: 31,
    },
    { name: "server", kill: "kill -9 $(pidof mariadbd mysqld)", says: /session with the server was lost/, sleep: 32 },
    { name: "job", kill: "pkill -9 -f evenkeel-migrat[e]", says: /was ended by SIGKILL/, sleep: 33 },
  ])(
    "kill -9 of the $name while a statement runs: it is known that nobody knows, and nothing runs twice",
    async ({ name, kill, says, sleep }) => {
      const [folder, file] = [`dies-${name}`, `30${sleep - 30}_${name}.sql`];
      write(
        folder,
        file,
        `CREATE TABLE ${name} (words VARCHAR(20));\nINSERT INTO ${name} VALUES ('before');\nDO SLEEP(${sleep});\nINSERT INTO ${name} VALUES ('after');`,
      );
      const ended = on.evenkeel.run("apply", "db", migrate(folder));
      const tooEarly = ended.then(({ output }) => Promise.reject(new Error(`it has ended already:\n${output}`)));
      const sleeps = expect.poll(() => on.sql("SHOW PROCESSLIST"), { timeout: 60_000 }).toContain(`SLEEP(${sleep})`);
      await Promise.race([sleeps, tooEarly]);
      await on.host.shell(kill, { check: false });
      const done = await ended;
      expect(done.status, done.output).toBe(1);
      expect(done.output).toMatch(says);
      // Until the server is back, and has noticed that nobody listens any more: till then the run counts as going on.
      const processes = () => on.sql("SHOW PROCESSLIST").catch(() => "SLEEP(");
      await expect.poll(processes, { timeout: 60_000 }).not.toContain("SLEEP(");
      await refuse(folder, new RegExp(`${file} began at .*nobody knows whether it ended: statement 2 of 4`));
      await refuse(folder, /mysql\/migration-unknown/, { resume: { "another.sql": "again" } });
      expect(await on.sql(`SELECT words FROM shop.${name}`)).toBe("before");
      // Somebody has looked, and has done the rest by hand.
      await on.sql(`INSERT INTO shop.${name} VALUES ('by hand')`);
      expect((await run(folder, { resume: { [file]: "done" } })).status).toBe(0);
      expect((await run(folder)).changes).toEqual([]);
      expect(await on.sql(`SELECT words FROM shop.${name}`)).toBe("before\nby hand");
    },
    120_000,
  );

  test("two controllers at once, and one more who comes in as somebody else: each migration runs once", async () => {
    const folder = "both";
    for (const at of [1, 2, 3]) {
      write(
        folder,
        `40${at}_step.sql`,
        `CREATE TABLE IF NOT EXISTS steps (n INT);\nDO SLEEP(1);\nINSERT INTO steps VALUES (${at});`,
      );
    }
    const own = { login_user: "app", login_password: password };
    await on.apply([
      { "mysql.user": { name: "app", password } },
      { "mysql.grants": { name: "app", grants: { "shop.*": ["ALL"] } } },
    ]);
    const patient = { words: ["--wait", "60"] };
    const [first, second, third] = await Promise.all([
      on.evenkeel.run("apply", "db", migrate(folder), patient),
      on.evenkeel.run("apply", "db", migrate(folder), patient),
      // Of the engine's lock it knows nothing: that is root's.
      on.evenkeel.run("apply", "db", migrate(folder, own), { becomes: false, words: ["-u", "deploy"] }),
    ]);
    for (const each of [first, second, third]) expect(each?.status, each?.output).toBe(0);
    expect(await on.sql("SELECT GROUP_CONCAT(n ORDER BY n) FROM shop.steps")).toBe("1,2,3");
    expect((await run(folder)).changes).toEqual([]);
  }, 120_000);
});
