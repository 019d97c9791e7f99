import { connect } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebHost } from "./web-host.ts";

/** What sites do: TLS, proxying, limits, on a nginx from before `http2 on` and `keepalive_min_timeout`. */
let web: WebHost;
beforeAll(async () => {
  web = await WebHost.boot("bookworm");
  // nginx is its own application here: it says what it was asked.
  const said =
    "host=$http_host for=$http_x_forwarded_for proto=$http_x_forwarded_proto upgrade=$http_upgrade connection=$http_connection nth=$connection_requests";
  await web.shell("mkdir -p /run/evenkeel/apps");
  const behind = ["unix:/run/evenkeel/apps/shop.sock", "127.0.0.1:9001", "127.0.0.1:9002"]
    .map((listen) => `server { listen ${listen}; location / { return 200 "${said}"; } }\n`)
    .join("");
  const ran = await web.apply({ "nginx.file": { path: "conf.d/behind.conf", content: behind } });
  expect(ran.status, ran.text).toBe(0);
});
afterAll(() => web[Symbol.asyncDispose]());

const site = (more: object) => ({ "nginx.site": { name: "shop", server_names: ["shop.example"], ...more } });

async function apply(...tasks: readonly object[]) {
  const ran = await web.apply(...tasks);
  expect(ran.status, ran.text).toBe(0);
  expect((await web.apply(...tasks)).changes).toEqual([]);
  return ran;
}

test("an application is asked anew for each request, with the headers that it needs", async () => {
  const ran = await apply(site({ app: "shop" }));
  expect(ran.text).toContain("closes idle connections at that moment");
  const { body } = await web.get("shop.example", "/", { "x-forwarded-for": "203.0.113.9" });
  expect(body).toMatch(/^host=shop\.example for=203\.0\.113\.9, \S+ proto=http upgrade= connection=close nth=1$/);
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
  expect(gone.text).toContain("host not found in upstream");
});

test("limits hold", async () => {
  await apply(site({ proxy: "127.0.0.1:9001", limits: { body: "1k", rate: "1r/s", burst: 1 } }));
  expect((await web.get("shop.example", "/", { "content-length": "2000" })).status).toBe(413);
  const statuses = [];
  for (let at = 0; at < 4; at++) statuses.push((await web.get("shop.example")).status);
  expect(statuses).toContain(429);
});

test("locations, caching, headers, redirects", async () => {
  await web.shell("mkdir -p /srv/static; echo x >/srv/static/a.js; echo spa >/srv/static/index.html");
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

/** What a visitor sees of TLS: the certificate's name, protocol and cipher, or why there is none. */
function handshake(name: string, more: object = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(
      { host: web.host.address, port: 443, servername: name, rejectUnauthorized: false, ...more },
      () => {
        resolve(`${socket.getPeerCertificate().subject?.CN} ${socket.getProtocol()} ${socket.alpnProtocol}`);
        socket.destroy();
      },
    );
    socket.on("error", (error) => resolve(`${(error as NodeJS.ErrnoException).code}`));
  });
}

test("TLS as Mozilla's guideline has it; unknown names get no certificate", async () => {
  const ran = await apply(site({ root: "/srv/static", tls: { self_signed: true } }));
  expect(ran.text).not.toContain("PRIVATE KEY");
  expect(await handshake("shop.example", { ALPNProtocols: ["h2", "http/1.1"] })).toBe("shop.example TLSv1.3 h2");
  expect(await handshake("shop.example", { maxVersion: "TLSv1.2" })).toMatch(/TLSv1\.2/);
  expect(
    await handshake("shop.example", { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }),
  ).toMatch(/^E/);
  expect(await handshake("shop.example", { maxVersion: "TLSv1.2", ciphers: "AES128-SHA" })).toMatch(/^E/);
  expect(await handshake("other.example")).toMatch(/^E/);
  expect(await web.get("shop.example", "/x")).toMatchObject({
    status: 301,
    headers: { location: "https://shop.example/x" },
  });
  expect(await web.shell("stat -c %a:%U /etc/nginx/evenkeel/*.pem")).toBe("600:root");
});

test("a given certificate and its key change together, and the key is never shown", async () => {
  const make = async (name: string) => {
    const text = await web.shell(
      `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=${name} -keyout /tmp/k -out /tmp/c 2>/dev/null; cat /tmp/c; echo ====; cat /tmp/k`,
    );
    const [certificate = "", key = ""] = text.split("====\n");
    return { certificate, key };
  };
  const [one, two] = [await make("one.example"), await make("two.example")];
  for (const pair of [one, two]) {
    const ran = await apply(site({ root: "/srv/static", tls: pair }));
    const secret = pair.key.split("\n")[1] ?? "";
    expect(secret.length).toBeGreaterThan(40);
    expect(ran.text).not.toContain(secret);
    expect(await handshake("shop.example")).toMatch(pair === one ? /^one/ : /^two/);
    expect(
      await web.shell(`grep -rlF '${secret}' / --exclude-dir=proc --exclude-dir=sys --exclude-dir=tmp 2>/dev/null; :`),
    ).toBe("/etc/nginx/evenkeel/shop.pem");
  }
});
