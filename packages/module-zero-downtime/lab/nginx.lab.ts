import { startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ServiceHost } from "./service-host.ts";

/** A reload that is measured, and a site that is closed and opened again while it is asked. */
let on: ServiceHost;
const site = {
  "nginx.site": { name: "shop", server_names: ["shop.example"], listen: ["80"], status: 200, default_server: true },
};
const serverName = "shop.example";

beforeAll(async () => {
  on = await ServiceHost.boot();
  const ran = await on.apply(site);
  expect(ran.status, ran.output).toBe(0);
});
afterAll(() => on[Symbol.asyncDispose]());

const target = () => ({ host: on.host.address, port: 80, serverName });
const page = () => fetch(`http://${on.host.address}/`, { headers: { connection: "close" } });

test("a reload without any change is measured, and loses nothing", async () => {
  const measure = { url: `http://${on.host.address}/`, rate: 100, seconds: 1 };
  const workers = () => on.shell("pgrep -f 'nginx: worker process$' | sort");
  const before = await workers();
  const { status, output, results } = await on.apply({ "zero_downtime.reload": { service: "nginx", measure } });
  expect(status, output).toBe(0);
  expect(results).toMatchObject([{ is: "reloaded", failures: 0 }]);
  expect(Number(results[0]?.requests)).toBeGreaterThan(150);
  expect(await workers()).not.toBe(before);
});

test("what is served neither before nor after a reload fails it; what is new may be served only after it", async () => {
  const measure = { url: `http://${on.host.address}:9/`, rate: 20, seconds: 0 };
  const { status, output } = await on.apply({ "zero_downtime.reload": { service: "nginx", measure } });
  expect(status).toBe(1);
  expect(output).toContain("zero_downtime/lost");
  expect(output).toContain("after the reload, and all before it");
  const fresh = { "nginx.site": { name: "fresh", server_names: ["fresh.example"], status: 204 } };
  const asked = { url: `http://${on.host.address}/`, server_name: "fresh.example", rate: 20, seconds: 1, status: 204 };
  const made = await on.apply(fresh, { "zero_downtime.reload": { service: "nginx", measure: asked } });
  expect(made.status, made.output).toBe(0);
  expect(made.results).toMatchObject([{}, { is: "reloaded", failures: 0 }]);
});

test("what somebody broke by hand is refused, and serves on", async () => {
  await on.shell("echo 'bogus;' >/etc/nginx/conf.d/broken.conf");
  const { status, output } = await on.apply({ "zero_downtime.reload": { service: "nginx" } });
  expect(status).toBe(1);
  expect(output).toMatch(/reload\/refused[\s\S]*unknown directive[\s\S]*bogus/);
  await on.shell("rm /etc/nginx/conf.d/broken.conf");
  expect((await page()).status).toBe(200);
});

test("closed and opened under load: every request gets the site or the page, and a health check the site", async () => {
  const samples = 100_000;
  await using probe = await startProbe({
    ...{ target: target(), rate: 100, samples },
    classes: [
      "new-connection",
      "keep-alive-get",
      { kind: "new-connection", name: "health", path: "/health", rate: 20 },
    ],
  });
  const close = {
    "zero_downtime.maintenance": { site: "shop", page: "<h1>$5 soon</h1>", retry_after: 60, allow_paths: ["/health"] },
  };
  const closed = await on.apply(close);
  expect(closed.status, closed.output).toBe(0);
  const seen = await page();
  expect([seen.status, seen.headers.get("retry-after"), await seen.text()]).toEqual([503, "60", "<h1>$5 soon</h1>\n"]);
  expect((await fetch(`http://${on.host.address}/x`, { method: "POST", body: "a" })).status).toBe(503);
  expect((await on.apply(close)).results).toMatchObject([{ changed: false }]);
  const let_in = await on.apply({ "zero_downtime.maintenance": { site: "shop", allow: ["0.0.0.0/0"] } });
  expect(let_in.status, let_in.output).toBe(0);
  expect((await page()).status).toBe(200);
  expect((await on.apply(close)).status).toBe(0);
  const opened = await on.apply({ "zero_downtime.maintenance": { site: "shop", state: "off" } });
  expect(opened.status, opened.output).toBe(0);
  expect((await page()).status).toBe(200);
  const { classes, ok } = await probe.stop();
  const { health, ...others } = classes;
  expect(health?.errors).toEqual({});
  for (const { errors } of Object.values(others)) {
    const { "5xx": pages, ...lost } = errors;
    expect(lost).toEqual({});
    expect(new Set(pages?.samples.map(({ status }) => status))).toEqual(new Set([503]));
  }
  expect(ok).toBeGreaterThan(100);
});

test("within one play, what comes between closing and opening happens while the site is closed", async () => {
  const reloads = () => on.shell("journalctl -q -o cat -u nginx | grep -c '^Reloaded'").then(Number);
  const before = await reloads();
  const { status, output } = await on.apply(
    { "zero_downtime.maintenance": { site: "shop" } },
    { uri: { url: "http://127.0.0.1/", status_code: 503 } },
    { "zero_downtime.maintenance": { site: "shop", state: "off" } },
    { uri: { url: "http://127.0.0.1/", status_code: 200 } },
  );
  expect(status, output).toBe(0);
  expect(await reloads()).toBe(before + 2);
});

test("a site that cannot be closed is not said to be", async () => {
  const { status, output } = await on.apply({ "zero_downtime.maintenance": { site: "other" } });
  expect(status).toBe(1);
  expect(output).toContain("zero_downtime/no-site");
});
