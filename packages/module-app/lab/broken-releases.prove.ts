import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host, Lab, Probe } from "@evenkeel/lab";
import { createLab, describeReport, fillDisk, startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Workbench } from "./testing.ts";
import { front, tinyApp, traces, workbench } from "./testing.ts";

/** Releases that are broken in every way that we know: the one before serves on, and nothing of the broken one stays. */
let lab: Lab;
let web: Host;
let bench: Workbench;
let probe: Probe;
let count = 0;

const LIMIT = 8;
// MemoryMax is set, and without effect on lab hosts, which have no control group for memory: an old limit stands in for it.
const tiny = (more = "") => `
- name: tiny is deployed
  app.deploy:
    name: tiny
    src: app
    command: perl serve.pl
    health: /
    health_seconds: ${LIMIT}
    release_header: X-Release
    memory_max: 64M
    unit: { LimitAS: 200M }
    shared: [posts/]
${more.replace(/^/gm, "    ")}
`;
const page = async () => (await fetch(`http://${web.address}/`)).text();

beforeAll(async () => {
  lab = await createLab();
  web = await lab.addHost({ name: "web" });
  await web.shell("systemctl is-system-running --wait");
  bench = workbench(lab);
  tinyApp(bench);
  const { status, failures } = await bench.run("apply", front("tiny") + tiny());
  expect(status, failures).toBe(0);
  probe = await startProbe({
    target: { host: web.address, port: 80 },
    rate: 30,
    lateAfter: 10_000,
    answerTimeout: 20_000,
    classes: ["new-connection", "keep-alive-get", { kind: "keep-alive-post", path: "/posts" }],
  });
}, 300_000);
afterAll(async () => {
  await lab?.down();
  bench?.clear();
});

const good = tinySource();
const broken = {
  "ends at once": { source: 'die "no such luck\\n";', says: "no such luck" },
  "never listens": { source: "sleep 1000;", says: "no answer within 5 s" },
  "health is 500": { source: good.replace("200 OK", "500 Sorry"), says: "HTTP/1.1 500 Sorry" },
  flaps: {
    source: good.replace("until ($ending) {", "alarm 1; $SIG{ALRM} = 'DEFAULT';\nuntil ($ending) {"),
    says: "started again",
  },
  "starts too slowly": { source: `sleep ${LIMIT + 20};\n${good}`, says: `within ${LIMIT} s` },
  "says that it is another release": {
    source: good.replace("$ENV{RELEASE}", '"another"'),
    says: 'X-Release is \\"another\\"',
  },
  "takes too much memory": {
    source: `my @all; push @all, "$_" x (1 << 20) for 1 .. 500;\n${good}`,
    says: "Out of memory",
  },
  "answers nothing that is HTTP": { source: good.replace("HTTP/1.1 200", "SMTP 220"), says: "SMTP 220" },
};

test.each(Object.entries(broken))("%s", async (_, { source, says }) => {
  const before = await traces(web, "tiny");
  writeFileSync(join(bench.folder, "app/serve.pl"), `# ${count++}\n${source}\n`);
  const { status, failures, seconds } = await bench.run("apply", tiny());
  tinyApp(bench);
  expect(status, failures).toBe(1);
  expect(failures).toContain(says);
  expect(failures).toContain("app/unhealthy");
  expect(seconds).toBeLessThan(LIMIT + 10);
  expect(await traces(web, "tiny")).toBe(before);
});

test("its build fails", async () => {
  const before = await traces(web, "tiny");
  const { status, failures } = await bench.run("apply", tiny("build: [echo building, echo wrong >&2; exit 7]"));
  expect(status, failures).toBe(1);
  expect(failures).toMatch(/app\/build[\s\S]*status 7[\s\S]*wrong/);
  expect(await traces(web, "tiny")).toBe(before);
});

test("its migration fails", async () => {
  const before = await traces(web, "tiny");
  const { status, failures } = await bench.run("apply", tiny("migrate: echo no table >&2; exit 3"));
  expect(status, failures).toBe(1);
  expect(failures).toMatch(/app\/migration[\s\S]*no table/);
  const after = await traces(web, "tiny");
  expect(after.replaceAll(/.*\/srv\/tiny\/migrations.*\n/g, "")).toBe(before);
});

test("the disk is full", async () => {
  const before = await traces(web, "tiny");
  writeFileSync(join(bench.folder, "app/large"), Buffer.alloc(8 << 20, "x"));
  const full = await fillDisk(web, "/srv/tiny/releases");
  const { status, failures } = await bench.run("apply", tiny());
  await full.undo();
  rmSync(join(bench.folder, "app/large"));
  expect(status, failures).toBe(1);
  expect((await traces(web, "tiny")).replaceAll(/.*\/srv\/tiny\/migrations.*\n/g, "")).toBe(
    before.replaceAll(/.*\/srv\/tiny\/migrations.*\n/g, ""),
  );
});

test("nobody has noticed anything, and the next good one works", async () => {
  const { status, failures } = await bench.run("apply", tiny("environment: { MORE: yes }"));
  expect(status, failures).toBe(0);
  expect(await page()).toMatch(/^release /);
  const report = await probe.stop();
  expect(report.errors, describeReport(report)).toBe(0);
});

function tinySource(): string {
  const folder = join(import.meta.dirname, "tiny/serve.pl");
  return readFileSync(folder, "utf8");
}
