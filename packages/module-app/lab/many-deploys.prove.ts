import type { Host, Lab, Suite, TrafficClass } from "@evenkeel/lab";
import { createLab, describeReport, startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ended, Workbench } from "./testing.ts";
import { front, tinyApp, workbench } from "./testing.ts";

const DEPLOYS = 50;

const releases = Array.from({ length: DEPLOYS + 1 }, (_, at) => `r${at}`);

const tiny = (release: string, drain: number) => `
- name: tiny is deployed
  app.deploy:
    name: tiny
    src: app
    command: perl serve.pl
    health: /
    release_header: X-Release
    shared: [posts/]
    drain_seconds: ${drain}
    environment: { RELEASE: ${release} }
`;

const site = `
- name: the site
  nginx.site: { name: tiny, server_names: [tiny.example], app: tiny, limits: { body: 64m } }
`;
const rows: readonly (readonly [Suite, string, string])[] = [
  ["bookworm", "a file of our own", front("tiny")],
  ["trixie", "nginx.site", site],
  ["sid", "a file of our own", front("tiny")],
];

/** No reload is needed to switch, so that it is the same on every nginx, also for who keeps a connection open. */
describe.each(rows)("nginx of %s, by %s", (suite, _, before) => {
  let lab: Lab;
  let web: Host;
  let bench: Workbench;

  beforeAll(async () => {
    lab = await createLab();
    web = await lab.addHost({ name: "web", suite });
    await web.shell("systemctl is-system-running --wait");
    bench = workbench(lab);
    tinyApp(bench);
    const { status, failures } = await bench.run("apply", before + tiny("r0", 30));
    expect(status, failures).toBe(0);
    // On a busy machine answers queue; Debian's 768 connections would be all taken, which looks like requests that were lost.
    const more = "s/worker_connections .*/worker_connections 8192;/; 1i worker_rlimit_nofile 20000;";
    await web.shell(`sed -i '${more}' /etc/nginx/nginx.conf && systemctl restart nginx`);
  }, 600_000);
  afterAll(async () => {
    await lab?.down();
    bench?.clear();
  });

  const load = (classes: readonly TrafficClass[]) =>
    startProbe({
      target: { host: web.address, port: 80, serverName: "tiny.example" },
      rate: 200,
      // What is lost is counted. How quick a server is that forks for each connection, beside other tests, says nothing.
      lateAfter: 10_000,
      answerTimeout: 30_000,
      expectRelease: releases,
      classes: ["new-connection", "keep-alive-get", { kind: "keep-alive-post", path: "/posts" }, ...classes],
    });

  test(`${DEPLOYS} deploys at 200 requests a second`, async () => {
    const probe = await load([
      { kind: "slow-download", path: "/large", seconds: 10 },
      { kind: "slow-upload", path: "/posts", seconds: 10 },
    ]);
    const workers = () => web.shell("pgrep nginx").then(({ stdout }) => stdout);
    const running = await workers();
    const seconds: number[] = [];
    for (const release of releases.slice(1)) {
      const ended = await bench.run("apply", tiny(release, 30));
      expect(ended.status, ended.failures).toBe(0);
      seconds.push(ended.seconds);
    }
    const report = await probe.stop();
    console.log(
      `${suite}: ${describeReport(report)}\ndeploys took ${seconds.map((each) => each.toFixed(1)).join(" ")} s`,
    );
    expect(report.errors, describeReport(report)).toBe(0);
    // The same workers with the same configuration: they follow the link for each connection.
    expect(await workers()).toBe(running);
    const written = (await web.readFile("/srv/tiny/shared/posts/log")).trim().split("\n");
    const known = new Set(report.posts.acknowledged);
    expect(written.filter((id) => known.has(id)).length).toBe(known.size);
    const { stdout } = await web.shell("ls /srv/tiny/releases | wc -l");
    expect(Number(stdout)).toBe(4);
  });

  test("20 times back and forth under load: each within 5 seconds, traffic within one", async () => {
    const second = await bench.run("apply", tiny("r1", 30));
    expect(second.status, second.failures).toBe(0);
    const probe = await load([]);
    const ran: Ended[] = [];
    const kept = (await web.shell("ls -t /srv/tiny/releases")).stdout.trim().split("\n");
    for (let round = 0; round < 20; round++) {
      const back = `- app.rollback: { name: tiny, release: ${kept[round % 2]} }\n`;
      const ended = await bench.run("apply", back);
      expect(ended.status, ended.failures).toBe(0);
      // The first may be the one that serves.
      if (ended.changes.length > 0) ran.push(ended);
    }
    const report = await probe.stop();
    const sorted = (all: readonly number[]) => all.toSorted((one, other) => one - other).map((each) => each.toFixed(1));
    const whole = sorted(ran.map(({ seconds }) => seconds));
    const work = sorted(ran.map(({ workSeconds }) => workSeconds));
    const switched = sorted(ran.map(({ changesAt }) => changesAt[2] ?? Number.NaN));
    console.log(`${suite}: ${describeReport(report)}\nback and forth took ${whole.join(" ")} s`);
    console.log(`of that its work ${work.join(" ")} s, until traffic was there ${switched.join(" ")} s`);
    expect(report.errors, describeReport(report)).toBe(0);
    expect(Number(whole.at(-2))).toBeLessThan(5);
    expect(Number(switched.at(-2))).toBeLessThan(1);
  });
});
