import { afterAll, beforeAll, expect, test } from "vitest";
import { WebHost } from "./web-host.ts";

/** What sites do: files, proxying, limits, redirects, on a nginx from before `http2 on` and `keepalive_min_timeout`. */
let web: WebHost;
beforeAll(async () => {
  web = await WebHost.boot("bookworm");
  // nginx is its own application here: it says what it was asked.
  const said =
    "uri=$request_uri at=$server_port host=$http_host for=$http_x_forwarded_for proto=$http_x_forwarded_proto upgrade=$http_upgrade connection=$http_connection nth=$connection_requests";
  await web.shell(
    "mkdir -p /run/evenkeel/apps /srv/static; echo x >/srv/static/a.js; echo spa >/srv/static/index.html",
  );
  const behind = ["unix:/run/evenkeel/apps/shop.sock", "127.0.0.1:9001", "127.0.0.1:9002"]
    .map((listen) => `server { listen ${listen}; client_max_body_size 0; location / { return 200 "${said}"; } }\n`)
    .join("");
  const ran = await web.apply(
    { apt: { name: "curl" } },
    { "nginx.file": { path: "conf.d/behind.conf", content: behind } },
  );
  expect(ran.status, ran.output).toBe(0);
});
afterAll(() => web[Symbol.asyncDispose]());

const site = (more: object) => ({ "nginx.site": { name: "shop", server_names: ["shop.example"], ...more } });

async function apply(...tasks: readonly object[]) {
  const ran = await web.apply(...tasks);
  expect(ran.status, ran.output).toBe(0);
  expect((await web.apply(...tasks)).changes).toEqual([]);
  return ran;
}

test("an application is asked anew for each request, with the headers that it needs", async () => {
  const ran = await apply(site({ app: "shop" }));
  expect(ran.output).toContain("closes idle connections at that moment");
  const { body } = await web.get("shop.example", "/", { "x-forwarded-for": "203.0.113.9" });
  expect(body).toMatch(/ host=shop\.example for=203\.0\.113\.9, \S+ proto=http upgrade= connection=close nth=1$/);
  expect((await web.get("shop.example")).body).toContain("nth=1");
});

test("WebSockets pass, and no other upgrade does", async () => {
  const upgrade = (to: string) => web.get("shop.example", "/", { connection: "Upgrade", upgrade: to });
  expect((await upgrade("websocket")).body).toContain("upgrade=websocket connection=upgrade");
  expect((await upgrade("h2c")).body).toContain("upgrade= connection=close");
});

test("a group of servers is balanced, its connections are kept, and without it the site is refused", async () => {
  const servers = [
    { address: "127.0.0.1:9001", weight: 2 },
    { address: "127.0.0.1:9002", backup: true },
  ];
  const group = { "nginx.upstream": { name: "backends", servers } };
  await apply(group, site({ upstream: "backends", timeouts: { read: "90s" } }));
  const counts = [];
  for (let at = 0; at < 6; at++) counts.push((await web.get("shop.example")).body.split("nth=")[1]);
  expect(Math.max(...counts.map(Number))).toBeGreaterThan(1);
  const gone = await web.apply({ "nginx.upstream": { name: "backends", state: "absent" } });
  expect(gone.status).toBe(1);
  expect(gone.output).toContain("host not found in upstream");
});

test("limits hold", async () => {
  await apply(site({ proxy: "127.0.0.1:9001", limits: { body: "1k", rate: "1r/s", burst: 1 } }));
  expect((await web.get("shop.example", "/", { "content-length": "2000" })).status).toBe(413);
  const statuses = [];
  for (let at = 0; at < 4; at++) statuses.push((await web.get("shop.example")).status);
  expect(statuses).toContain(429);
});

test("locations, caching, headers, redirects", async () => {
  await apply(
    site({
      root: "/srv/static",
      fallback: "/index.html",
      redirect_from: ["www.shop.example"],
      headers: { "X-Frame-Options": "DENY" },
      locations: [
        { path: "/static/", alias: "/srv/static/", cache: "1y immutable" },
        { path: "/api/", proxy: "127.0.0.1:9001" },
        { path: "/old", match: "exact", redirect: "/new" },
        { path: "\\.php$", match: "regex", status: 404 },
        { path: "/inside", allow: ["10.9.9.9"], status: 200 },
      ],
    }),
  );
  expect(await web.get("shop.example", "/static/a.js")).toMatchObject({
    status: 200,
    headers: { "cache-control": "public, max-age=31536000, immutable", "x-frame-options": "DENY" },
  });
  expect(await web.get("shop.example", "/some/page")).toMatchObject({ body: "spa\n" });
  expect((await web.get("shop.example", "/api/x")).body).toContain("host=shop.example");
  expect(await web.get("shop.example", "/old")).toMatchObject({
    status: 301,
    headers: { location: "http://shop.example/new" },
  });
  expect(await web.get("shop.example", "/x.php")).toMatchObject({ status: 404 });
  expect(await web.get("www.shop.example", "/p?q=1")).toMatchObject({
    status: 301,
    headers: { location: "http://shop.example/p?q=1" },
  });
});

test("weights, a group at a unix socket, and one without a group", async () => {
  const servers = [
    { address: "127.0.0.1:9001", weight: 3 },
    { address: "127.0.0.1:9002", weight: 1 },
  ];
  await apply(
    { "nginx.upstream": { name: "backends", keepalive: 0, servers } },
    { "nginx.upstream": { name: "near", servers: [{ address: "unix:/run/evenkeel/apps/shop.sock" }] } },
    site({
      upstream: "backends",
      locations: [
        { path: "/near/", upstream: "near" },
        { path: "/direct/", proxy: "unix:/run/evenkeel/apps/shop.sock" },
        { path: "/stripped/", proxy: "127.0.0.1:9001/" },
      ],
    }),
  );
  const ports = [];
  for (let at = 0; at < 8; at++) ports.push(/at=(\S+)/.exec((await web.get("shop.example")).body)?.[1]);
  expect(ports.toSorted().join(" ")).toBe("9001 9001 9001 9001 9001 9001 9002 9002");
  expect((await web.get("shop.example", "/near/x")).body).toMatch(/uri=\/near\/x at= /);
  expect((await web.get("shop.example", "/direct/x")).body).toMatch(/uri=\/direct\/x at= /);
  expect((await web.get("shop.example", "/stripped/x?y")).body).toMatch(/uri=\/x\?y .*at=9001/);
});

test("an upload that is larger than others may be, where it may be", async () => {
  await apply(
    site({
      proxy: "127.0.0.1:9001",
      locations: [{ path: "/upload", proxy: "127.0.0.1:9001", limits: { body: "64m" } }],
    }),
  );
  const send = (path: string) =>
    web.shell(
      `head -c 20000000 /dev/zero | curl -s -o /dev/null -w '%{http_code}' -H 'Host: shop.example' --data-binary @- http://127.0.0.1${path}`,
    );
  expect([await send("/"), await send("/upload")]).toEqual(["413", "200"]);
});

test("security headers arrive as they were written, and nothing in a value gets out of it", async () => {
  const headers = {
    "Content-Security-Policy": "default-src 'self'; img-src *; script-src 'self' 'unsafe-inline'",
    "Permissions-Policy": 'geolocation=(self "https://a.example")',
    "X-Odd": "\\ } evil; { # ' \"",
  };
  await apply(site({ root: "/srv/static", headers, locations: [{ path: "\\.js$", match: "regex", cache: "30d" }] }));
  for (const path of ["/index.html", "/a.js", "/nothing"]) {
    const { headers: said } = await web.get("shop.example", path);
    for (const [name, value] of Object.entries(headers)) expect(said[name.toLowerCase()], path).toBe(value);
    expect(said["cache-control"]).toBe(path === "/a.js" ? "public, max-age=2592000" : undefined);
  }
});

test("lines of one's own, and IPv6", async () => {
  const raw = "error_page 404 /index.html;\ngzip on;\nlocation = /teapot { return 418; }";
  await apply(site({ root: "/srv/static", raw, listen: ["80", "[::]:8086"], access_log: "off" }));
  expect(await web.get("shop.example", "/nothing")).toMatchObject({ status: 404, body: "spa\n" });
  expect((await web.get("shop.example", "/teapot")).status).toBe(418);
  const six = (port: number) => web.shell(`curl -s -H 'Host: shop.example' 'http://[::1]:${port}/index.html'`);
  expect([await six(80), await six(8086)]).toEqual(["spa", "spa"]);
});
