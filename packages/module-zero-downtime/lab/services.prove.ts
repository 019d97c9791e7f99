import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ServiceHost } from "./service-host.ts";

/** Services other than nginx: a good reload is proven, a bad one is refused or put back, and what ran serves on. */
let on: ServiceHost;
beforeAll(async () => {
  on = await ServiceHost.boot();
  await on.install("gunicorn", "bind9", "bind9-utils", "bind9-dnsutils", "php-fpm", "haproxy", "curl");
}, 300_000);
afterAll(() => on[Symbol.asyncDispose]());

const reload = (params: object) => on.apply({ "zero_downtime.reload": params });
const main = (unit: string) => on.shell(`systemctl show -p MainPID --value ${unit}`);

async function isProven(params: object) {
  const { status, output, results } = await reload(params);
  expect(status, output).toBe(0);
  expect(results).toMatchObject([{ is: "reloaded" }]);
}

/** It is not even told to read what is wrong: the same process goes on. */
async function isRefused(params: object, words: RegExp, unit: string) {
  const before = await main(unit);
  const { status, output } = await reload(params);
  expect(status, output).toBe(1);
  expect(output).toMatch(words);
  expect(await main(unit)).toBe(before);
  expect(await on.shell(`systemctl is-active ${unit}`)).toBe("active");
}

/** What only its reload can show: the files are put back, and it serves as they say. */
async function isPutBack(params: object, unit: string) {
  const { status, output } = await reload(params);
  expect(status, output).toBe(1);
  expect(output).toMatch(/reload\/(not-proven|refused)/);
  expect(output).not.toContain("has not been seen to serve");
  expect(await on.shell(`systemctl is-active ${unit}`)).toBe("active");
}

describe("haproxy", () => {
  const params = { service: "haproxy", files: ["/etc/haproxy"] };
  const conf = (port: number, more = "") =>
    on.configureHaproxy(
      `bind 127.0.0.1:${port}`,
      `http-request return status 200 content-type text/plain string "port ${port}"`,
      more,
    );
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
    const serves = () => on.shell("curl -s http://127.0.0.1:9102/; grep -c 9103 /etc/haproxy/haproxy.cfg || :");
    expect(await serves()).toMatch(/^port 9102\s*0$/);
    // `haproxy -c` binds nothing: that a port is taken shows only when it is reloaded.
    await on.occupy(9103);
    await conf(9103);
    await isPutBack({ ...params, seconds: 5 }, "haproxy");
    expect(await serves()).toMatch(/^port 9102\s*0$/);
  });
});

describe("bind", () => {
  const params = { service: "bind", files: ["/etc/bind"] };
  const answer = () => on.shell("dig +short @127.0.0.1 www.test.example A");
  const zone = (address: string, mode = "644") =>
    on.shell(`cat >/etc/bind/db.test <<END
\\$TTL 60
@ IN SOA ns hostmaster $(date +%s) 3600 600 86400 60
@ IN NS ns
ns IN A 192.0.2.1
www IN A ${address}
END
chmod ${mode} /etc/bind/db.test`);
  test("proven, refused, put back", async () => {
    await zone("192.0.2.10");
    await on.shell(
      `echo 'zone "test.example" { type primary; file "/etc/bind/db.test"; };' >>/etc/bind/named.conf.local`,
    );
    await isProven(params);
    expect(await answer()).toBe("192.0.2.10");
    await on.shell("echo 'zone nonsense {' >>/etc/bind/named.conf.local");
    await isRefused(params, /reload\/refused[\s\S]*expected near end of file/, "named");
    expect(await on.shell("grep -c nonsense /etc/bind/named.conf.local || :")).toBe("0");
    await zone("not an address");
    await isRefused(params, /reload\/refused[\s\S]*near 'not'/, "named");
    // What root reads and named does not would be answered as before, without a word.
    await zone("192.0.2.11", "600");
    await isRefused(params, /reload\/refused[\s\S]*permission denied/, "named");
    expect(await answer()).toBe("192.0.2.10");
    await zone("192.0.2.12");
    await isProven(params);
    expect(await answer()).toBe("192.0.2.12");
  });
});

describe("php-fpm", () => {
  test("proven, refused, put back", async () => {
    const unit = await on.shell("basename $(ls /usr/lib/systemd/system/php*-fpm.service) .service");
    const pool = await on.shell("ls /etc/php/*/fpm/pool.d/www.conf");
    const params = { service: "php-fpm", unit, files: [pool] };
    await isProven(params);
    await on.shell(`cp ${pool} /tmp/pool; echo 'nonsense = 1' >>${pool}`);
    await isRefused(params, /reload\/refused[\s\S]*nonsense/, unit);
    expect(await on.shell(`cmp /tmp/pool ${pool} && echo same`)).toBe("same");
    // `php-fpm -t` binds nothing, and a master that cannot bind ends.
    await on.occupy(9104);
    await on.shell(`sed -i 's/^listen = .*/listen = 127.0.0.1:9104/' ${pool}`);
    await isPutBack({ ...params, seconds: 5 }, unit);
    expect(await on.shell(`cmp /tmp/pool ${pool} && echo same`)).toBe("same");
    await isProven(params);
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
ExecStart=/usr/bin/gunicorn -c /srv/app/gunicorn.conf.py -b 127.0.0.1:9201 -w 2 app:app
ExecReload=/bin/kill -HUP $MAINPID
END
systemctl daemon-reload`);
    await app(good("one"));
    await on.shell(": >/srv/app/gunicorn.conf.py; systemctl start shop; sleep 2");
    await app(good("two"));
    const params = { service: "gunicorn", unit: "shop", seconds: 30, files: ["/srv/app"] };
    await isProven(params);
    expect(await on.shell("curl -s http://127.0.0.1:9201/")).toBe("two");
    await app("raise RuntimeError('broken on purpose')");
    await isRefused(params, /reload\/refused[\s\S]*broken on purpose/, "shop");
    const serves = () => on.shell("curl -s --retry 9 --retry-connrefused --retry-delay 1 http://127.0.0.1:9201/");
    expect(await serves()).toBe("two");
    // What only its workers do, --check-config does not see; a master whose workers cannot boot ends, at once or later.
    const noFork = 'raise RuntimeError("no fork")';
    const endsAtOnce = `def post_fork(server, worker): ${noFork}`;
    const endsLater = `import time\ndef post_fork(server, worker): time.sleep(2); ${noFork}`;
    // Its master hangs when its old workers end, so that it has none at all, and hears nothing any more.
    const hangs = `${endsAtOnce}\nimport time\ndef child_exit(server, worker): time.sleep(3600)`;
    for (const conf of [endsAtOnce, endsLater, hangs]) {
      await on.shell(`cat >/srv/app/gunicorn.conf.py <<'END'\n${conf}\nEND`);
      await isPutBack({ ...params, seconds: 10 }, "shop");
      expect(await serves()).toBe("two");
      expect(await on.shell("cat /srv/app/gunicorn.conf.py")).toBe("");
    }
  });
});

describe("any unit", () => {
  test("a unit without a reload is told apart; one with new children is proven; one that ends is put back", async () => {
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
    await on.shell(`cat >/etc/systemd/system/fragile.service <<'END'
[Service]
ExecStart=/bin/sh -c '. /srv/fragile; sleep infinity'
ExecReload=/bin/sh -c '. /srv/fragile; if [ "$word" != good ]; then kill $MAINPID; fi'
END
echo word=good >/srv/fragile; systemctl daemon-reload; systemctl start fragile`);
    const fragile = { service: "unit", unit: "fragile", seconds: 3, files: ["/srv/fragile"] };
    await isProven(fragile);
    await on.shell("echo word=bad >/srv/fragile");
    await isPutBack(fragile, "fragile");
    expect(await on.shell("cat /srv/fragile")).toBe("word=good");
    await on.shell("systemctl stop still");
    expect((await reload({ service: "unit", unit: "still" })).results).toMatchObject([{ is: "stopped" }]);
  });
});
