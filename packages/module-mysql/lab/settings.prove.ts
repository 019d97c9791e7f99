import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DatabaseHost, password, servers } from "./database-host.ts";
import { whileQueried } from "./while-queried.ts";

/** Settings of a server that people use: at once where that can be, never a restart by chance, and back when it does not come up. */
const dynamic = {
  max_connections: 180,
  wait_timeout: 3000,
  interactive_timeout: 3000,
  net_read_timeout: 45,
  net_write_timeout: 90,
  long_query_time: 0.5,
  slow_query_log: true,
  thread_cache_size: 12,
  max_allowed_packet: "32M",
  innodb_flush_log_at_trx_commit: 2,
  innodb_io_capacity: 300,
  tmp_table_size: "24M",
  max_heap_table_size: "24M",
  sort_buffer_size: "1M",
  innodb_lock_wait_timeout: 20,
};

describe.each(servers)("$flavour", (server) => {
  let on: DatabaseHost;
  beforeAll(async () => {
    on = await DatabaseHost.boot(server);
  });
  afterAll(() => on?.[Symbol.asyncDispose]());

  const refuse = async (task: object, pattern: RegExp, command: "plan" | "apply" = "apply") => {
    const done = await on.evenkeel.run(command, "db", [task]);
    expect(done.status, done.output).toBe(1);
    expect(done.output).toMatch(pattern);
    return done;
  };
  const look = async () => `${await on.host.readFile(server.file)}\n${await on.process()}`;
  const load = () => ({ address: on.host.address, password, perSecond: 200, sql: "SELECT words FROM orders" });
  const running = async (names: readonly string[]) =>
    Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await on.sql(`SELECT @@GLOBAL.${name}`)] as const)),
    );

  test("fifteen dynamic settings under 200 questions a second: no restart, no error, and the same after a restart", async () => {
    const task = on.settings(dynamic);
    const before = await on.process();
    const planned = await on.evenkeel.run("plan", "db", [task]);
    expect(planned.status, planned.output).toBe(0);
    const { done, answers, errors } = await whileQueried(load(), () => on.apply([task]));
    expect(done.changes).toEqual(planned.changes);
    expect(done.changes).toContain("ensure mysql.setting long_query_time");
    expect(errors).toEqual([]);
    expect(answers.length).toBeGreaterThan(200);
    expect(await on.process()).toBe(before);
    const names = Object.keys(dynamic);
    const now = await running(names);
    expect(now).toMatchObject({ max_connections: "180", max_allowed_packet: "33554432", slow_query_log: "1" });
    expect((await on.apply([task])).changes).toEqual([]);
    await on.host.shell(`systemctl restart ${server.flavour}`);
    expect(await running(names)).toEqual(now);
    expect((await on.apply([task])).changes).toEqual([]);
  });

  test.runIf(server.flavour === "mysql")(
    "what somebody has set with SET PERSIST is seen, and has no say any more",
    async () => {
      const task = on.settings({ max_connections: 160 });
      await on.apply([task]);
      await on.sql("SET PERSIST max_connections = 77");
      const planned = await on.evenkeel.run("plan", "db", [task]);
      expect(planned.changes).toEqual(["ensure mysql.setting max_connections"]);
      await on.apply([task]);
      await on.host.shell(`systemctl restart ${server.flavour}`);
      expect(await on.sql("SELECT @@GLOBAL.max_connections")).toBe("160");
      // A static one cannot be set, but it can be persisted for the next start.
      await on.sql("SET PERSIST_ONLY back_log = 77");
      const persist = { mysql_variables: { variable: "max_connect_errors", value: 55, mode: "persist" } };
      expect((await on.apply([persist])).changes).toEqual(["ensure mysql.setting max_connect_errors"]);
      expect((await on.apply([persist])).changes).toEqual([]);
      await on.host.shell(`systemctl restart ${server.flavour}`);
      expect(await on.sql("SELECT @@GLOBAL.max_connect_errors, @@GLOBAL.back_log")).toBe("55\t77");
      const fixed = on.settings({ back_log: 72 });
      const refused = await refuse(fixed, /RESTART REQUIRED: back_log/, "plan");
      expect(refused.changes).toEqual([]);
      await on.apply([on.settings({ back_log: 72 }, { allow_restart: true })]);
      expect(await on.sql("SELECT @@GLOBAL.back_log")).toBe("72");
      await on.sql("RESET PERSIST");
    },
  );

  test("a static setting: refused in a plan and in an apply, and nothing has changed; with leave, a restart that is told of", async () => {
    const task = on.settings({ back_log: 70 });
    await on.apply([on.settings({})]);
    const before = await look();
    await refuse(
      task,
      /RESTART REQUIRED: back_log cannot be changed.*back_log: \d+ → 70.*allow_restart: true/s,
      "plan",
    );
    await refuse(task, /RESTART REQUIRED/);
    expect(await look()).toBe(before);
    const allowed = on.settings({ back_log: 70 }, { allow_restart: true });
    const planned = await on.evenkeel.run("plan", "db", [allowed]);
    expect(planned.output).toMatch(/"interrupts":"outage"/);
    const { done, errors } = await whileQueried(load(), () => on.apply([allowed]));
    expect(done.changes).toEqual(planned.changes);
    expect(await on.sql("SELECT @@GLOBAL.back_log")).toBe("70");
    const seconds = Number(/did not answer for (\d+\.\d) s/.exec(done.output)?.[1]);
    expect(seconds, done.output).toBeLessThan(10);
    const away = Math.max(...errors.map(({ dueAt, ms }) => dueAt + ms)) - Math.min(...errors.map(({ dueAt }) => dueAt));
    expect(away).toBeLessThan((seconds + 1) * 1000);
    expect((await on.apply([allowed])).changes).toEqual([]);
  });

  test("what the server's own program does not take never comes near a restart", async () => {
    const before = await look();
    await refuse(on.settings({ max_conections: 5 }), /knows no setting max_conections/, "plan");
    const restarting = (settings: object) => on.settings({ back_log: 71, ...settings }, { allow_restart: true });
    await refuse(restarting({ innodb_flush_method: "nonsense" }), /nonsense/);
    await refuse(restarting({ innodb_buffer_pool_size: "900G" }), /900G is more than the memory of this host/);
    await refuse(restarting({ max_connections: -5 }), /max_connections.*adjusted|Incorrect unsigned value/);
    await refuse(restarting({ thread_stack: "1K" }), /thread_stack.* adjusted to/);
    expect(await look()).toBe(before);
  });

  test("on a server that does not run, too: a typo is found before it is started", async () => {
    await on.host.shell(`systemctl stop ${server.flavour}`);
    const before = await on.host.readFile(server.file);
    await refuse(on.settings({ max_conections: 5 }), /max.conections/);
    expect(await on.host.readFile(server.file)).toBe(before);
    await on.apply([on.settings({})]);
    expect(await on.sql("SELECT 1")).toBe("1");
  });

  test("what it takes and then does not start with: the old file is back, and the server within 30 s", async () => {
    await on.apply([on.settings({}, { allow_restart: true })]);
    const before = await on.host.readFile(server.file);
    // The host's sshd listens there.
    const task = on.settings({ port: 22 }, { allow_restart: true });
    const { done, errors } = await whileQueried(load(), () => refuse(task, /does not come up/));
    expect(done.output).toMatch(/bind on TCP\/IP port/i);
    expect(await on.host.readFile(server.file)).toBe(before);
    expect(await on.sql("SELECT @@GLOBAL.port")).toBe("3306");
    const away = Math.max(...errors.map(({ dueAt, ms }) => dueAt + ms)) - Math.min(...errors.map(({ dueAt }) => dueAt));
    expect(away).toBeLessThan(30_000);
    expect((await on.apply([on.settings({}, { allow_restart: true })])).changes).toEqual([]);
  });
});
