import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ServiceHost } from "./service-host.ts";

/** Services other than nginx: a good reload is proven, a bad one is refused or put back, and what ran serves on. */
let on: ServiceHost;
beforeAll(async () => {
  on = await ServiceHost.boot();
  await on.install("gunicorn", "bind9", "bind9-utils", "php-fpm", "haproxy", "curl");
}, 300_000);
afterAll(() => on[Symbol.asyncDispose]());

const reload = (params: object) => on.apply({ "zero_downtime.reload": params });
const main = (unit: string) => on.shell(`systemctl show -p MainPID --value ${unit}`);

async function isProven(params: object) {
  const { status, text, results } = await reload(params);
  expect(status, text).toBe(0);
  expect(results).toMatchObject([{ is: "reloaded" }]);
}

async function isRefused(params: object, words: RegExp, unit: string) {
  const before = await main(unit);
  const { status, text } = await reload(params);
  expect(status).toBe(1);
  expect(text).toMatch(words);
  expect(await main(unit)).toBe(before);
  expect(await on.shell(`systemctl is-active ${unit}`)).toBe("active");
}

describe("haproxy", () => {
  const params = { service: "haproxy", files: ["/etc/haproxy"] };
  const conf = (port: number, more = "") =>
    on.shell(`cat >/etc/haproxy/haproxy.cfg <<'END'
global
  user haproxy
  group haproxy
defaults
  mode http
  timeout client 5s
  timeout connect 5s
  timeout server 5s
frontend f
  bind 127.0.0.1:${port}
  http-request return status 200 content-type text/plain string "port ${port}"
${more}
END`);
  test("proven, refused, put back", async () => {
    // A host of the lab cannot mount anything, which Debian's unit wants for its log alone.
    await on.shell(
      "mkdir -p /etc/systemd/system/haproxy.service.d; printf '[Service]\\nBindReadOnlyPaths=\\n' >/etc/systemd/system/haproxy.service.d/lab.conf; systemctl daemon-reload; systemctl stop haproxy; systemctl reset-failed haproxy || :",
    );
    await conf(9101);
    await on.shell("systemctl restart haproxy");
    await isProven(params);
    await conf(9102);
    await isProven(params);
    expect(await on.shell("curl -s http://127.0.0.1:9102/")).toBe("port 9102");
    await conf(9103, "  nonsense here");
    await isRefused(params, /reload\/refused[\s\S]*nonsense/, "haproxy");
    expect(await on.shell("curl -s http://127.0.0.1:9102/; grep -c nonsense /etc/haproxy/haproxy.cfg || :")).toMatch(
      /^port 9102\s*0$/,
    );
  });
});

describe("bind", () => {
  test("proven, refused", async () => {
    await isProven({ service: "bind" });
    await on.shell("cp /etc/bind/named.conf.local /tmp/good; echo 'zone nonsense {' >>/etc/bind/named.conf.local");
    await isRefused({ service: "bind" }, /reload\/refused[\s\S]*expected near end of file/, "named");
    await on.shell("cp /tmp/good /etc/bind/named.conf.local");
    await isProven({ service: "bind" });
  });
});

describe("php-fpm", () => {
  test("proven, refused", async () => {
    const unit = await on.shell("basename $(ls /usr/lib/systemd/system/php*-fpm.service) .service");
    const pool = await on.shell("ls /etc/php/*/fpm/pool.d/www.conf");
    await isProven({ service: "php-fpm", unit });
    await on.shell(`cp ${pool} /tmp/pool; echo 'nonsense = 1' >>${pool}`);
    await isRefused({ service: "php-fpm", unit }, /reload\/refused[\s\S]*nonsense/, unit);
    await on.shell(`cp /tmp/pool ${pool}`);
    await isProven({ service: "php-fpm", unit });
  });
});

describe("gunicorn", () => {
  const app = (text: string) => on.shell(`cat >/srv/app/app.py <<'END'\n${text}\nEND`);
  const good = (word: string) => `def app(environ, start):\n    start("200 OK", [])\n    return [b"${word}"]`;
  test("proven, and a broken application is refused before its master would end", async () => {
    await on.shell(`mkdir -p /srv/app; cat >/etc/systemd/system/shop.service <<'END'
[Service]
User=www-data
WorkingDirectory=/srv/app
Environment=GREETING=hello
ExecStart=/usr/bin/gunicorn -b 127.0.0.1:9201 -w 2 app:app
ExecReload=/bin/kill -HUP $MAINPID
END
systemctl daemon-reload`);
    await app(good("one"));
    await on.shell("systemctl start shop; sleep 2");
    await app(good("two"));
    const params = { service: "gunicorn", unit: "shop", seconds: 30 };
    await isProven(params);
    expect(await on.shell("curl -s http://127.0.0.1:9201/")).toBe("two");
    await app("raise RuntimeError('broken on purpose')");
    await isRefused(params, /reload\/refused[\s\S]*broken on purpose/, "shop");
    expect(await on.shell("curl -s http://127.0.0.1:9201/")).toBe("two");
  });
});

describe("any unit", () => {
  test("a unit without a reload is told apart; one with new children is proven", async () => {
    await on.shell(`cat >/etc/systemd/system/still.service <<'END'
[Service]
ExecStart=/bin/sleep infinity
END
cat >/etc/systemd/system/parent.service <<'END'
[Service]
ExecStart=/bin/sh -c 'trap "kill \\$child; sleep infinity & child=\\$!" HUP; sleep infinity & child=$!; while :; do wait; done'
ExecReload=/bin/kill -HUP $MAINPID
END
systemctl daemon-reload; systemctl start still parent; sleep 0.3`);
    await isRefused({ service: "unit", unit: "still" }, /no ExecReload/, "still");
    await isProven({ service: "unit", unit: "parent" });
    await on.shell("systemctl stop still");
    expect((await reload({ service: "unit", unit: "still" })).results).toMatchObject([{ is: "stopped" }]);
  });
});
