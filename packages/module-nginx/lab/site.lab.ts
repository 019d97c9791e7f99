import { afterAll, beforeAll, expect, test } from "vitest";
import { WebHost } from "./web-host.ts";

/** Sites on a blank host: planned, served, and refused without a trace. */
let web: WebHost;
beforeAll(async () => {
  web = await WebHost.boot();
});
afterAll(() => web[Symbol.asyncDispose]());

const shop = { "nginx.site": { name: "shop", server_names: ["shop.example"], root: "/srv/shop" } };
const blog = {
  "nginx.site": { name: "blog", server_names: ["blog.example"], status: 200, headers: { "X-Blog": "yes; no" } },
};
const internal = (listen: string) => ({
  "nginx.site": { name: "internal", server_names: ["internal.example"], listen: [listen], status: 204 },
});
const zone = (key: string) => ({
  "nginx.file": { path: "conf.d/zone.conf", content: `limit_req_zone ${key} zone=all:1m rate=100r/s;\n` },
});

test("a plan on a blank host changes nothing, and is what apply then does", async () => {
  const tree = () =>
    web.shell("find /etc /var/lib/dpkg /run/systemd -xdev -printf '%p %T@\\n' 2>/dev/null | sort | sha256sum");
  const before = await tree();
  const planned = await web.plan(shop, blog);
  expect(planned.status, planned.output).toBe(0);
  expect(await tree()).toBe(before);
  expect(planned.changes).toEqual([
    "ensure package nginx",
    "ensure file /etc/systemd/system/nginx.service.d",
    "ensure file /etc/systemd/system/nginx.service.d/evenkeel.conf",
    "remove nginx_file /etc/nginx/sites-enabled/default",
    "ensure nginx_file /etc/nginx/modules-enabled/90-evenkeel.conf",
    "ensure nginx_file /etc/nginx/conf.d/shop.conf",
    "ensure nginx_file /etc/nginx/conf.d/blog.conf",
    "reload unit nginx.service",
    "run package services",
  ]);
  const applied = await web.apply(shop, blog);
  expect(applied.status, applied.output).toBe(0);
  expect(applied.changes).toEqual(planned.changes);
  expect(await web.reloads()).toBe(0);
});

test("it serves, and whoever comes by another name is sent away", async () => {
  await web.shell("mkdir -p /srv/shop; echo goods >/srv/shop/index.html; echo secret >/srv/shop/.env");
  expect(await web.get("shop.example")).toMatchObject({ status: 200, body: "goods\n", headers: { server: "nginx" } });
  expect(await web.get("blog.example")).toMatchObject({ headers: { "x-blog": "yes; no" } });
  await expect(web.get("other.example")).rejects.toThrow(/hang up|reset/);
  expect(await web.get("shop.example", "/.env")).toMatchObject({ status: 403 });
});

test("Z5: a second run changes nothing; several changes are one reload", async () => {
  const [before, reloads] = [await web.serving(), await web.reloads()];
  expect((await web.apply(shop, blog)).changes).toEqual([]);
  expect(await web.serving()).toBe(before);
  const more = { "nginx.site": { ...blog["nginx.site"], limits: { body: "2m" } } };
  const applied = await web.apply(
    { "nginx.site": { ...shop["nginx.site"], index: ["start.html"] } },
    more,
    internal("127.0.0.1:8081"),
    zone("$binary_remote_addr"),
  );
  expect(applied.status, applied.output).toBe(0);
  expect(await web.reloads()).toBe(reloads + 1);
  expect(await web.serving()).not.toBe(before);
});

test("Z3: what nginx refuses, before or at the reload, leaves files and workers alone", async () => {
  const bad = { name: "bad", server_names: ["bad.example"], status: 200 };
  for (const [task, words] of [
    [{ "nginx.site": { ...bad, raw: "gzip on;\nbogus on;" } }, /unknown directive \\"bogus\\"[\s\S]*from raw, line 2/],
    [internal("8081"), /bind\(\) to 0.0.0.0:8081 failed \(98/],
  ] as const) {
    const before = await web.serving();
    const ran = await web.apply(task);
    expect(ran.output).toMatch(words);
    expect(ran.status).toBe(1);
    expect(await web.serving()).toBe(before);
  }
});

test("a nginx that was killed can be started again", async () => {
  await web.shell("kill -9 $(systemctl show -p MainPID --value nginx); sleep 0.5; systemctl start nginx");
  expect(await web.get("shop.example", "/index.html")).toMatchObject({ status: 200 });
});
