import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab, describeReport, startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Workbench } from "./testing.ts";
import { front, tinyApp, traces, workbench } from "./testing.ts";

/** The shortest way through everything: a blank host, nginx, two deploys under load, a broken one, and back. */
let lab: Lab;
let web: Host;
let bench: Workbench;
let app: string;

const tiny = (more = "") => `
- name: tiny is deployed
  app.deploy:
    name: tiny
    src: app
    command: perl serve.pl
    health: /
    health_seconds: 8
    release_header: X-Release
    shared: [posts/]
    secrets: { TOKEN: canary-4711 }
    environment: { RELEASE: "{{ says }}" }
${more.replace(/^/gm, "    ")}
`;
const says = (release: string) => ({ words: ["-e", `says=${release}`] });
const page = async () => (await fetch(`http://${web.address}/`)).text();

beforeAll(async () => {
  lab = await createLab();
  web = await lab.addHost({ name: "web" });
  await web.shell("systemctl is-system-running --wait");
  bench = workbench(lab);
  app = tinyApp(bench);
}, 120_000);
afterAll(async () => {
  await lab?.down();
  bench?.clear();
});

test("a plan on a blank host is what apply then does, and a second run changes nothing", async () => {
  const before = await traces(web, "tiny");
  const planned = await bench.run("plan", front("tiny") + tiny(), says("one"));
  expect(planned.status, planned.failures).toBe(0);
  expect(await traces(web, "tiny")).toBe(before);
  expect(planned.changes.filter((change) => / (user|release|instance|traffic) /.test(change))).toEqual([
    "ensure user tiny",
    "ensure release tiny",
    "ensure instance tiny",
    "ensure traffic tiny",
  ]);
  const applied = await bench.run("apply", front("tiny") + tiny(), says("one"));
  expect(applied.status, applied.failures).toBe(0);
  expect(applied.changes).toEqual(planned.changes);
  expect(await page()).toBe("release one\n");
  const pids = () => web.shell("pgrep -u tiny; pgrep nginx").then(({ stdout }) => stdout);
  const running = await pids();
  const again = await bench.run("apply", front("tiny") + tiny(), says("one"));
  expect(again.changes, again.failures).toEqual([]);
  expect(await pids()).toBe(running);
});

test("two deploys under load lose no request, and each POST arrives once", async () => {
  const probe = await startProbe({
    target: { host: web.address, port: 80 },
    rate: 60,
    // This is about what is lost; how quick a tiny server is beside other tests on two cores says nothing.
    lateAfter: 10_000,
    answerTimeout: 20_000,
    classes: ["new-connection", "keep-alive-get", { kind: "keep-alive-post", path: "/posts" }],
    expectRelease: ["one", "two", "three"],
  });
  for (const release of ["two", "three"]) {
    const { status, failures, changes } = await bench.run("apply", tiny(), says(release));
    expect(status, failures).toBe(0);
    expect(changes).toEqual([
      "ensure release tiny",
      "ensure instance tiny",
      "ensure traffic tiny",
      "ensure instance tiny",
    ]);
    expect(await page()).toBe(`release ${release}\n`);
  }
  const report = await probe.stop();
  expect(report.errors, describeReport(report)).toBe(0);
  expect(report.releases.map(({ value }) => value)).toEqual(["one", "two", "three"]);
  const written = (await web.readFile("/srv/tiny/shared/posts/log")).trim().split("\n");
  expect(written.toSorted()).toEqual([...report.posts.acknowledged].sort());
});

test("a release that cannot serve leaves the old one alone, says why, and leaves nothing behind", async () => {
  const before = await traces(web, "tiny");
  writeFileSync(join(app, "serve.pl"), 'die "no such luck\\n";\n');
  const { status, failures, seconds } = await bench.run("apply", tiny(), says("four"));
  tinyApp(bench);
  expect(status, failures).toBe(1);
  expect(failures).toContain("app/unhealthy");
  expect(failures).toContain("no such luck");
  expect(seconds).toBeLessThan(18);
  expect(await page()).toBe("release three\n");
  expect(await traces(web, "tiny")).toBe(before);
});

test("back to the release before within 5 seconds, without the source, and no further the second time", async () => {
  const back = "- app.rollback: { name: tiny }\n";
  const { status, failures, seconds, changes, changesAt } = await bench.run("apply", back);
  expect(status, failures).toBe(0);
  expect(await page()).toBe("release two\n");
  expect(seconds).toBeLessThan(5);
  // The old one is started, and then asked to serve; when the new one is let go, all requests go to it. A tenth of a second each when
  // nothing else is going on.
  expect(changes).toEqual(["ensure instance tiny", "ensure traffic tiny", "ensure instance tiny"]);
  expect(changesAt[2]).toBeLessThan(2);
  expect((await bench.run("apply", back)).changes).toEqual([]);
});

test("after a reboot the same release serves, and there is nothing to do", async () => {
  await web.restart();
  await expect.poll(() => page().catch(String), { timeout: 20_000 }).toBe("release two\n");
  expect((await bench.run("apply", "- app.rollback: { name: tiny }\n")).changes).toEqual([]);
});

test("the secret is nowhere but in its file", async () => {
  const { stdout } = await web.shell(
    // What systemd hands to the service is in a folder that only the service can read.
    "grep -rl canary-4711 /etc /run /var/log /srv /var/lib/evenkeel --exclude-dir=credentials 2>/dev/null; journalctl | grep -c canary-4711 || :",
  );
  expect(stdout.replaceAll(/^\/srv\/tiny\/secrets\/[^/]+\/TOKEN\n/gm, "")).toBe("0\n");
  const modes = await web.shell("stat -c '%a %U' /srv/tiny/secrets /srv/tiny/secrets/*/TOKEN");
  expect(new Set(modes.stdout.trim().split("\n"))).toEqual(new Set(["700 root", "600 root"]));
});

test("its unit is hardened", async () => {
  const { stdout } = await web.shell(
    "systemd-analyze security --no-pager $(systemctl list-units --plain --no-legend 'tiny@*.service' | cut -d' ' -f1) | tail -n 1",
  );
  expect(Number(/: (\d+\.\d)/.exec(stdout)?.[1]), stdout).toBeLessThanOrEqual(4);
});
