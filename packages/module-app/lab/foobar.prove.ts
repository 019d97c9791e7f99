import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab, describeReport, startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Workbench } from "./testing.ts";
import { front, traces, workbench } from "./testing.ts";

const example = join(import.meta.dirname, "../../../examples/foobar-app");

const database = `
- name: what it needs
  apt: { name: [mariadb-server, gunicorn, python3-pymysql, nodejs, git], install_recommends: false }
- name: the database runs
  service: { name: mariadb, state: started, enabled: true }
- name: a database
  command:
    argv:
      - mariadb
      - -e
      - "CREATE DATABASE IF NOT EXISTS foobar CHARACTER SET utf8mb4; CREATE USER IF NOT EXISTS foobar@localhost IDENTIFIED BY 'canary-4711'; GRANT ALL ON foobar.* TO foobar@localhost"
`;

const common = `
    health: /health/ready
    release_header: X-Release
    environment: { DATABASE_SOCKET: /run/mysqld/mysqld.sock }
    secrets: { DATABASE_PASSWORD: canary-4711 }
    assets: published
    migration_resumes: true
    keep: 9
`;
const variants = {
  python: `
- name: foobar is deployed
  app.deploy:
    name: foobar
    src: python
    runtime: python
    start: foobar.wsgi
    build: [python3 -m foobar.assets published, python3 -m compileall -q foobar]
    migrate: python3 -m foobar.migrate
${common}`,
  // The lab reaches no registry of packages: what npm brings travels from here.
  node: `
- name: foobar is deployed
  app.deploy:
    name: foobar
    src: node
    exclude: [.git]
    runtime: node
    start: server.js
    build: [node publish-assets.js published]
    migrate: node migrate.js
${common}`,
};

/** The example, in both languages: real pages out of a real database, while releases change. */
describe.each(Object.entries(variants))("%s", (variant, deploy) => {
  let lab: Lab;
  let web: Host;
  let bench: Workbench;

  beforeAll(async () => {
    lab = await createLab();
    web = await lab.addHost({ name: "web" });
    await web.shell("systemctl is-system-running --wait");
    bench = workbench(lab);
    const filter = (path: string) => !/\/(node_modules|__pycache__|lab|tests|\.reports|\.turbo)$/.test(path);
    cpSync(example, join(bench.folder, "python"), {
      recursive: true,
      filter: (path) => filter(path) && !/app\/node$/.test(path),
    });
    cpSync(join(example, "node"), join(bench.folder, "node"), { recursive: true, filter });
    if (variant === "node") {
      const install = ["ci", "--omit=dev", "--no-audit", "--no-fund"];
      execFileSync("npm", install, { cwd: join(bench.folder, "node"), stdio: "pipe" });
    }
  }, 300_000);
  afterAll(async () => {
    await lab?.down();
    bench?.clear();
  });

  const ask = (path: string, options: RequestInit = {}) =>
    fetch(`http://${web.address}${path}`, { redirect: "manual", ...options });

  test("comes up on a blank host, and a second run changes nothing", async () => {
    const { status, failures } = await bench.run("apply", database + front("foobar") + deploy);
    expect(status, failures).toBe(0);
    const page = await ask("/");
    expect(page.status).toBe(200);
    const [, asset] = /href="(\/assets\/site\.\w+\.css)"/.exec(await page.text()) ?? [];
    expect((await ask(String(asset))).status).toBe(200);
    expect((await web.shell("ls /srv/foobar/assets")).stdout).toContain(String(asset?.split("/").at(-1)));
    expect((await bench.run("apply", deploy)).changes).toEqual([]);
  });

  test("three releases under load: nobody notices, and each entry is written once", async () => {
    const probe = await startProbe({
      target: { host: web.address, port: 80 },
      rate: 40,
      lateAfter: 10_000,
      answerTimeout: 20_000,
      classes: [
        "new-connection",
        "keep-alive-get",
        { kind: "keep-alive-get", name: "slow", path: "/slow?seconds=8", rate: 1 },
      ],
    });
    const ids: string[] = [];
    const statuses = new Set<unknown>();
    let isOver = false;
    const signing = (async () => {
      while (!isOver) {
        const id = randomUUID();
        ids.push(id);
        const body = new URLSearchParams({ id, name: "Ada", message: "Ahoy" });
        statuses.add(await ask("/entries", { method: "POST", body }).then(({ status }) => status, String));
        await sleep(30);
      }
    })();
    const style = join(bench.folder, variant, "static/site.css");
    const earlier = (await web.shell("ls /srv/foobar/assets")).stdout.trim().split("\n");
    for (const color of ["red", "green", "blue"]) {
      appendFileSync(style, `\n.x { color: ${color} }\n`);
      const { status, failures } = await bench.run("apply", deploy);
      expect(status, failures).toBe(0);
    }
    isOver = true;
    await signing;
    const report = await probe.stop();
    expect(report.errors, describeReport(report)).toBe(0);
    expect(report.releases).toHaveLength(4);
    expect([...statuses]).toEqual([303]);
    const written = await web.shell("mariadb -Ne 'SELECT count(*), count(DISTINCT id) FROM foobar.entries'");
    expect(written.stdout.trim()).toBe(`${ids.length}\t${ids.length}`);
    const assets = (await web.shell("ls /srv/foobar/assets")).stdout;
    for (const name of earlier) expect(assets).toContain(name);
  });

  test("a migration that fails leaves all as it was", async () => {
    const before = await traces(web, "foobar");
    writeFileSync(join(bench.folder, variant, "migrations/003_wrong.sql"), "ALTER TABLE nowhere ADD x INT;\n");
    const { status, failures } = await bench.run("apply", deploy);
    expect(status, failures).toBe(1);
    expect(failures).toMatch(/app\/migration[\s\S]*nowhere/);
    const isRecord = /.*\/srv\/foobar\/migrations.*\n/g;
    expect((await traces(web, "foobar")).replaceAll(isRecord, "")).toBe(before.replaceAll(isRecord, ""));
    expect((await ask("/")).status).toBe(200);
  });

  test("no secret is in what was printed, in units, in logs or in any process's environment", async () => {
    const { stdout } = await web.shell(
      "grep -rl canary-471[1] /etc /var/log /var/lib/evenkeel /srv/foobar/releases 2>/dev/null; grep -l canary-471[1] /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null; journalctl -u 'foobar*' | grep -c canary-471[1] || :",
    );
    expect(stdout).toBe("0\n");
  });
});

test("from a repository on the host: the same commit is the same release", { timeout: 600_000 }, async () => {
  const lab = await createLab();
  try {
    const web = await lab.addHost({ name: "web" });
    await web.shell("systemctl is-system-running --wait");
    const bench = workbench(lab);
    await web.shell("mkdir -p /srv/tiny.git.work", { check: false });
    const serve = execFileSync("cat", [join(import.meta.dirname, "tiny/serve.pl")]);
    const prepare = `
- apt: { name: git, install_recommends: false }
`;
    expect((await bench.run("apply", prepare)).status).toBe(0);
    await web.writeFile("/srv/tiny.git.work/serve.pl", serve);
    const commit = "cd /srv/tiny.git.work && git -c user.name=x -c user.email=x@y commit -qam";
    await web.shell("cd /srv/tiny.git.work && git init -q -b main && git add .");
    await web.shell(`${commit} one`);
    const deploy = `
- name: tiny is deployed
  app.deploy: { name: tiny, git: /srv/tiny.git.work, version: main, command: perl serve.pl, health: / }
`;
    const first = await bench.run("apply", deploy);
    expect(first.status, first.failures).toBe(0);
    const { stdout } = await web.shell("git -C /srv/tiny.git.work rev-parse HEAD; readlink /srv/tiny/current");
    const [head = "", current = ""] = stdout.split("\n");
    expect(current).toMatch(new RegExp(`^releases/${head.slice(0, 10)}-`));
    expect((await bench.run("apply", deploy)).changes).toEqual([]);
    await web.shell(`echo '# more' >> /srv/tiny.git.work/serve.pl && ${commit} two`);
    const second = await bench.run("apply", deploy);
    expect(second.status, second.failures).toBe(0);
    expect(second.changes).toContain("ensure traffic tiny");
    expect((await bench.run("apply", deploy)).changes).toEqual([]);
    bench.clear();
  } finally {
    await lab.down();
  }
});
