import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Host, Lab } from "../src/index.ts";
import { createLab } from "../src/index.ts";
import { describeReport, startProbe } from "../src/probe/probe.ts";

let lab: Lab;
let web: Host;

beforeAll(async () => {
  lab = await createLab();
  web = await lab.addHost({ name: "web" });
  await web.shell(
    "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx",
  );
  await configure("g1");
  await web.shell("systemctl restart nginx");
});

afterAll(() => lab?.down());

/** trixie's nginx is 1.26, which closes connections at rest on a reload: a POST on one of them may be lost (traps.md 1.2). */
test("real nginx, 200 requests a second, three reloads: new connections lose nothing, and every generation is seen", async () => {
  const probe = await startProbe({
    target: { host: web.address, port: 80 },
    rate: 200,
    seconds: 10,
    expectRelease: "web",
    classes: [
      { kind: "new-connection", rate: 80 },
      { kind: "keep-alive-get", rate: 60 },
      { kind: "keep-alive-post", rate: 60 },
      { kind: "slow-download", path: "/big", seconds: 6 },
    ],
  });
  for (const generation of ["g2", "g3", "g4"]) {
    await sleep(2200);
    await configure(generation);
    await web.shell("systemctl reload nginx");
  }
  const report = await probe.finished;
  const text = describeReport(report);
  console.info(text);
  for (const name of ["new-connection", "keep-alive-get", "slow-download"]) {
    expect(report.classes[name]?.errors, text).toEqual({});
  }
  const { "rst-reused-before-first-byte": lostPosts, ...otherErrors } = report.classes["keep-alive-post"]?.errors ?? {};
  expect(otherErrors, text).toEqual({});
  expect(report.posts.unknown).toHaveLength(lostPosts?.count ?? 0);
  expect(report.configGenerations.map(({ value }) => value)).toEqual(["g1", "g2", "g3", "g4"]);
  // Each reload closes what rests in both pools.
  const kept = ["keep-alive-get", "keep-alive-post"].map((name) => report.classes[name]?.connections.opened ?? 0);
  for (const opened of kept) expect(opened).toBeGreaterThan(8);
  expect(report.rate.achieved / report.rate.asked).toBeGreaterThan(0.99);
});

test("nginx stopped for a second: refused, and the probe tells from when to when", async () => {
  const target = { host: web.innerAddress, port: 80 };
  const probe = await startProbe({ target, rate: 50, seconds: 3, classes: ["new-connection"] });
  await sleep(1000);
  await web.shell("systemctl stop nginx");
  await sleep(1000);
  await web.shell("systemctl start nginx");
  const report = await probe.finished;
  const { refused, ...others } = report.classes["new-connection"]?.errors ?? {};
  expect(refused?.count, describeReport(report)).toBeGreaterThan(35);
  expect(Object.keys(others).every((error) => error === "rst-new")).toBe(true);
  expect(refused?.first).toBeGreaterThan(950);
  expect(refused?.last).toBeLessThan(2900);
});

async function configure(generation: string): Promise<void> {
  await web.writeFile(
    "/etc/nginx/sites-enabled/default",
    `server {
      listen 80 default_server;
      root /srv;
      location / { add_header X-Release web; add_header X-Config-Gen ${generation}; return 200 well; }
      location /big { add_header X-Release web; }
    }`,
  );
  await web.shell("[ -e /srv/big ] || head -c 25165824 /dev/urandom > /srv/big");
}
