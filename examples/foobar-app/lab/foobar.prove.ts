import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { install, systems, variants, writeUnit } from "./variants.ts";

/** Both variants, with a real database under a real systemd: what one promises, the other keeps as well. */
describe.each(systems)("$suite with $database", (system) => {
  const { suite, database } = system;
  let lab: Lab;
  let host: Host;
  let origin: string;

  beforeAll(async () => {
    lab = await createLab();
    [host] = (await lab.addHosts([{ name: "web", suite, publish: [8000] }])) as [Host];
    origin = `http://${host.address}:8000`;
    await install(host, system);
  });
  afterAll(() => lab?.down());

  const ask = (path: string, options: RequestInit = {}) => fetch(origin + path, { redirect: "manual", ...options });
  const sign = (id: string, message = "Ahoy") =>
    ask("/entries", { method: "POST", body: new URLSearchParams({ id, name: "Ada", message }) });
  const statusOf = async (path: string): Promise<number> => {
    const answer = await ask(path).catch(() => undefined);
    await answer?.arrayBuffer();
    return answer?.status ?? 0;
  };
  const isUp = () => expect.poll(() => statusOf("/health/ready"), { timeout: 20_000 }).toBe(200);
  const query = async (sql: string) =>
    (await host.run([database, "--default-character-set=utf8mb4", "foobar", "-Ne", sql])).stdout.trim();

  /** One visit over a connection of its own. */
  async function visit(path: string, milliseconds = 30_000): Promise<{ status: number }> {
    const signal = AbortSignal.timeout(milliseconds);
    const [answer] = (await once(get(origin + path, { agent: false, signal }), "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    return { status: answer.statusCode ?? 0 };
  }

  /** Asks again and again, until told to stop; what came back is counted. */
  function visits(ask: () => Promise<{ status: number }>) {
    const statuses: (number | string)[] = [];
    let isOver = false;
    const all = (async () => {
      while (!isOver) {
        const since = performance.now();
        const answer = await ask().catch(String);
        statuses.push(typeof answer === "string" ? answer : answer.status);
        await sleep(Math.max(0, 20 - (performance.now() - since)));
      }
    })();
    return async () => {
      isOver = true;
      await all;
      return statuses;
    };
  }

  describe.each(variants)("$name", (variant) => {
    const migrate = () =>
      host.shell(
        `cd ${variant.folder} && DATABASE_SOCKET=/run/mysqld/mysqld.sock DATABASE_PASSWORD_FILE=/etc/foobar.password ${variant.migrate} 2>&1`,
      );

    beforeEach(async () => {
      await writeUnit(host, variant);
      await migrate();
    });
    afterEach(async () => {
      await host.shell(
        `systemctl stop foobar.socket foobar.service; systemctl start ${database}; systemctl reset-failed`,
      );
    });

    test("it is alive but not ready before its migrations, which run once, though two start at once", async () => {
      await host.shell(`${database} -e 'DROP DATABASE foobar; CREATE DATABASE foobar CHARACTER SET utf8mb4'`);
      await host.shell("systemctl start foobar");
      await expect.poll(() => statusOf("/health/live"), { timeout: 20_000 }).toBe(200);
      expect(await statusOf("/health/ready")).not.toBe(200);
      const both = await Promise.all([migrate(), migrate()]);
      expect(both.map(({ stdout }) => stdout.trim()).sort()).toEqual([
        "applied 001_entries.sql, 002_pages.sql",
        "nothing to apply",
      ]);
      await isUp();
    });

    test("its pages come from MySQL, and every answer names its release", async () => {
      await host.shell("systemctl start foobar");
      await isUp();
      await query("UPDATE pages SET body = 'Written <just> now: ümläut 😀' WHERE slug = 'about'");
      const about = await ask("/about");
      expect(about.headers.get("x-release")).toBe("r1");
      expect(await about.text()).toContain("<p>Written &lt;just&gt; now: ümläut 😀</p>");
    });

    test("a form sent twenty times at once is written once, as it was", async () => {
      await host.shell("systemctl start foobar");
      await isUp();
      const id = randomUUID();
      const message = "O'Brien; \\ % \" 😀 ${x}";
      const answers = await Promise.all(Array.from({ length: 20 }, () => sign(id, message)));
      expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get("location")}`))).toEqual(
        new Set([`303 /entries/${id}`]),
      );
      expect(await query(`SELECT count(*), min(message) FROM entries WHERE id = '${id}'`)).toBe(
        `1\t${message.replace("\\", "\\\\")}`,
      );
      expect(await (await ask(`/entries/${id}`)).text()).toContain("O&#x27;Brien; \\ % &quot; 😀 ${x}");
      const age = await query(
        `SELECT abs(timestampdiff(SECOND, created_at, utc_timestamp())) < 60 FROM entries WHERE id = '${id}'`,
      );
      expect(age).toBe("1");
    });

    test("connections are used again", async () => {
      await host.shell("systemctl start foobar");
      await isUp();
      const connections = async () => Number((await query("SHOW GLOBAL STATUS LIKE 'Connections'")).split("\t")[1]);
      for (let round = 0; round < 20; round++) await statusOf("/");
      const before = await connections();
      for (let round = 0; round < 100; round++) await statusOf("/");
      // Our own two questions are two connections, and a thread that had none yet may make its first.
      expect((await connections()) - before).toBeLessThan(20);
    });

    test("while the database restarts, visitors wait and are served; after a kill as well", async () => {
      await writeUnit(host, variant, { patience: 20 });
      await host.shell("systemctl start foobar");
      await isUp();
      for (const how of [
        `systemctl restart ${database}`,
        `systemctl kill -s KILL ${database}; sleep 1; systemctl restart ${database}`,
      ]) {
        const ids: string[] = [];
        const end = visits(() => {
          ids.push(randomUUID());
          return sign(ids.at(-1) ?? "");
        });
        await host.shell(how);
        await sleep(500);
        expect(new Set(await end())).toEqual(new Set([303]));
        const written = await query(
          `SELECT count(*) FROM entries WHERE id IN (${ids.map((id) => `'${id}'`).join(",")})`,
        );
        expect(Number(written)).toBe(ids.length);
      }
    });

    test("without a database it says so soon, stays alive, and is ready again without a restart", async () => {
      await writeUnit(host, variant, { patience: 0.5 });
      await host.shell("systemctl start foobar");
      await isUp();
      await host.shell(`systemctl stop ${database}`);
      const answer = await ask("/");
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
      expect([await statusOf("/health/ready"), await statusOf("/health/live")]).toEqual([503, 200]);
      await host.shell(`systemctl start ${database}`);
      await isUp();
      expect(await statusOf("/")).toBe(200);
    });

    test("SIGTERM lets what is in flight end, takes nobody new, and ends well", async () => {
      await host.shell("systemctl start foobar");
      await isUp();
      const slow = Promise.all([1, 2, 3].map(() => ask("/slow?seconds=3")));
      await sleep(500);
      const stopped = host.shell("systemctl stop foobar && systemctl show -p ExecMainStatus -p Result foobar");
      const isServed = () =>
        visit("/health/live", 1000).then(
          () => true,
          () => false,
        );
      await expect.poll(isServed, { timeout: 2500 }).toBe(false);
      const answers = await slow;
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(await answers[0]?.text()).toBe("That took 3 seconds.\n");
      expect((await stopped).stdout).toBe("Result=success\nExecMainStatus=0\n");
    });

    test("with a socket of systemd's it starts when it is asked, and a restart loses nobody", async () => {
      await host.shell("systemctl start foobar.socket");
      expect((await host.shell("systemctl is-active foobar.service", { check: false })).stdout.trim()).toBe("inactive");
      await isUp();
      const end = visits(() => visit("/about"));
      for (const release of ["r2", "r3"]) {
        await writeUnit(host, variant, { release });
        await host.shell("systemctl restart foobar.service");
        await expect
          .poll(async () => (await ask("/health/live")).headers.get("x-release"), { timeout: 20_000 })
          .toBe(release);
      }
      expect(new Set(await end())).toEqual(new Set([200]));
    });

    test("it listens at a unix socket too", async () => {
      await writeUnit(host, variant, { listen: "unix:/run/foobar/app.sock" });
      await host.shell("systemctl start foobar");
      const live =
        "curl -sf --retry 20 --retry-all-errors --retry-delay 1 --unix-socket /run/foobar/app.sock http://x/health/live";
      expect(JSON.parse((await host.shell(live)).stdout)).toEqual({ status: "ok", release: "r1" });
    });

    test("a mistake in the environment ends it at once, with all that is wrong", async () => {
      await writeUnit(host, variant, { release: "a/b" });
      await host.shell("systemctl start foobar", { check: false });
      const state = async () => (await host.shell("systemctl is-active foobar", { check: false })).stdout.trim();
      await expect.poll(state, { timeout: 30_000 }).toBe("failed");
      expect((await host.shell("journalctl -u foobar -n 200 -o cat")).stdout).toContain("RELEASE is");
    });
  });

  test("both publish the same assets, under the names that pages ask for, and remove nothing", async () => {
    await host.shell("mkdir -p /srv/assets && touch /srv/assets/site.older.css");
    await host.shell("cd /srv/python && python3 -m foobar.assets /srv/assets && cp -r /srv/assets /srv/once");
    await host.shell("cd /srv/node && node publish-assets.js /srv/assets && diff -r /srv/assets /srv/once");
    const names = (await host.shell("ls -A /srv/assets")).stdout;
    expect(names).toMatch(/^lamp\.\w{12}\.svg\nsite\.\w{12}\.css\nsite\.\w{12}\.js\nsite\.older\.css\n$/);
  });

  test("both show the same pages, byte for byte", async () => {
    const pages: string[][] = [];
    for (const variant of variants) {
      await writeUnit(host, variant);
      await host.shell("systemctl restart foobar");
      await isUp();
      const paths = ["/", "/about", "/nothing", "/slow?seconds=0", "/health/ready"];
      const bodies = await Promise.all(paths.map(async (path) => (await ask(path)).text()));
      pages.push(bodies.map((body) => body.replace(/name="id" value="[^"]+"/, "")));
    }
    await host.shell("systemctl stop foobar");
    expect(pages[0]).toEqual(pages[1]);
  });
});
