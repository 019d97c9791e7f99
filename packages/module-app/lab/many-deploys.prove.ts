import type { Host, Lab, Suite } from "@evenkeel/lab";
import { createLab, describeReport, startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Workbench } from "./testing.ts";
import { front, tinyApp, workbench } from "./testing.ts";

const DEPLOYS = 20;

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

/** No reload is needed to switch, so that it is the same on every nginx, also for who keeps a connection open. */
describe.each(["bookworm", "trixie", "sid"] satisfies Suite[])("nginx of %s", (suite) => {
  let lab: Lab;
  let web: Host;
  let bench: Workbench;

  beforeAll(async () => {
    lab = await createLab();
    web = await lab.addHost({ name: "web", suite });
    await web.shell("systemctl is-system-running --wait");
    bench = workbench(lab);
    tinyApp(bench);
    const { status, output } = await bench.run("apply", front("tiny") + tiny("r0", 30));
    expect(status, output).toBe(0);
    await web.shell("nginx -v 2>&1; apt-get install -y -q --no-install-recommends perl");
  }, 600_000);
  afterAll(async () => {
    await lab?.down();
    bench?.clear();
  });

  test(`${DEPLOYS} deploys at 200 requests a second`, async () => {
    const releases = Array.from({ length: DEPLOYS + 1 }, (_, at) => `r${at}`);
    const probe = await startProbe({
      target: { host: web.address, port: 80 },
      rate: 200,
      // What is lost is counted. How quick a server is that forks for each connection, beside other tests, says nothing.
      lateAfter: 10_000,
      answerTimeout: 30_000,
      expectRelease: releases,
      classes: [
        "new-connection",
        "keep-alive-get",
        { kind: "keep-alive-post", path: "/posts" },
        { kind: "slow-download", path: "/large", seconds: 10 },
        { kind: "slow-upload", path: "/posts", seconds: 10 },
      ],
    });
    const workers = () => web.shell("pgrep nginx").then(({ stdout }) => stdout);
    const before = await workers();
    const seconds: number[] = [];
    for (const release of releases.slice(1)) {
      const ended = await bench.run("apply", tiny(release, 30));
      expect(ended.status, ended.output).toBe(0);
      seconds.push(ended.seconds);
    }
    const report = await probe.stop();
    console.log(
      `${suite}: ${describeReport(report)}\ndeploys took ${seconds.map((each) => each.toFixed(1)).join(" ")} s`,
    );
    expect(report.errors, describeReport(report)).toBe(0);
    // The same workers with the same configuration: they follow the link for each connection.
    expect(await workers()).toBe(before);
    const written = (await web.readFile("/srv/tiny/shared/posts/log")).trim().split("\n");
    const known = new Set(report.posts.acknowledged);
    expect(written.filter((id) => known.has(id)).length).toBe(known.size);
    const { stdout } = await web.shell("ls /srv/tiny/releases | wc -l");
    expect(Number(stdout)).toBe(4);
  });

  test("20 times back and forth: each within 5 seconds", async () => {
    const all: number[] = [];
    const kept = (await web.shell("ls -t /srv/tiny/releases")).stdout.trim().split("\n");
    for (let round = 0; round < 20; round++) {
      const { status, output, seconds } = await bench.run(
        "apply",
        `- app.rollback: { name: tiny, release: ${kept[round % 2]} }\n`,
      );
      expect(status, output).toBe(0);
      all.push(seconds);
    }
    all.sort((one, other) => one - other);
    console.log(`${suite}: back and forth took ${all.map((each) => each.toFixed(1)).join(" ")} s`);
    expect(all[18]).toBeLessThan(5);
  });
});
