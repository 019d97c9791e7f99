import { startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ServiceHost } from "./service-host.ts";

/** Reloads while requests arrive; and what answers wrongly once it is reloaded is taken back. */
let on: ServiceHost;
let address: string;
beforeAll(async () => {
  on = await ServiceHost.boot();
  ({ address } = on.host);
  await on.install("gunicorn", "php-fpm", "haproxy", "curl");
  await succeeds(...sites);
}, 300_000);
afterAll(() => on[Symbol.asyncDispose]());

const site = (name: string, more: object) => ({
  "nginx.site": { name, server_names: [`${name}.example`], ...more },
});
const sites = [
  site("php", {
    root: "/srv/php",
    raw: "location ~ \\.php$ {\n    include fastcgi.conf;\n    fastcgi_pass unix:/run/php/shop.sock;\n}",
  }),
  site("green", { proxy: "127.0.0.1:9201", timeouts: { connect: "9s" } }),
];

async function succeeds(...tasks: readonly object[]): Promise<void> {
  const { status, output } = await on.apply(...tasks);
  expect(status, output).toBe(0);
}

const reload = (params: object) => ({ "zero_downtime.reload": params });

/** What came of five reloads at 100 requests a second, half of them on kept connections. */
async function lostInFiveReloads(
  { port = 80, path = "/", name }: { port?: number; path?: string; name: string },
  params: object,
) {
  const probe = await startProbe({
    target: { host: address, port, serverName: name },
    rate: 100,
    // What is lost is counted: how quick a server is whose processes begin anew, beside other tests, says nothing.
    lateAfter: 10_000,
    answerTimeout: 30_000,
    classes: [
      { kind: "new-connection", path },
      { kind: "keep-alive-get", path },
    ],
  });
  for (let at = 0; at < 5; at++) await succeeds(reload(params));
  const { sent, seconds, classes } = await probe.stop();
  expect(sent).toBeGreaterThan(500);
  const lost = Object.entries(classes).flatMap(([kind, { errors }]) =>
    Object.entries(errors).map(([error, { count }]) => `${kind}: ${count} × ${error}`),
  );
  console.log(`${name}: 5 reloads, ${sent} requests in ${Math.round(seconds)} s; lost: ${lost.join(", ") || "none"}`);
  return lost;
}

/** A reload that is proven, and whose new generation answers wrongly: it is taken back, and the run fails. */
async function isTakenBack(...tasks: readonly object[]): Promise<void> {
  const { status, output } = await on.apply(...tasks);
  expect(status, output).toBe(1);
  for (const words of [/zero_downtime\/lost/, /status 50\d/, /files are back as they were/])
    expect(output).toMatch(words);
}

describe("haproxy", () => {
  const conf = (answer: string) =>
    on.configureHaproxy("bind :443", `http-request return ${answer} content-type text/plain string "${answer}"`);
  const params = { service: "haproxy", files: ["/etc/haproxy"] };
  const measure = () => ({ url: `http://${address}:443/`, rate: 50, seconds: 2 });

  test("five reloads lose nothing", async () => {
    // A host of the lab cannot mount anything, which Debian's unit wants for its log alone.
    await on.shell(
      "mkdir -p /etc/systemd/system/haproxy.service.d; printf '[Service]\\nBindReadOnlyPaths=\\n' >/etc/systemd/system/haproxy.service.d/lab.conf; systemctl daemon-reload",
    );
    await conf("status 200");
    await on.shell("systemctl reset-failed haproxy || :; systemctl restart haproxy");
    expect(await lostInFiveReloads({ port: 443, name: "haproxy" }, params)).toEqual([]);
  });

  test("what answers wrongly is taken back", async () => {
    await succeeds(reload({ ...params, measure: measure() }));
    await conf("status 503");
    await isTakenBack(reload({ ...params, measure: measure() }));
    expect(await on.shell("curl -s http://127.0.0.1:443/; grep -c 503 /etc/haproxy/haproxy.cfg || :")).toMatch(
      /^status 200\s*0$/,
    );
    // A budget is there to be used.
    await conf("status 503");
    await succeeds(reload({ ...params, measure: { ...measure(), failures: 1000 } }));
  });
});

describe("php-fpm", () => {
  const measure = () => ({ url: `http://${address}/x.php`, server_name: "php.example", rate: 50, seconds: 2 });

  test("five reloads lose nothing, with time for what is under way; what answers wrongly is taken back", async () => {
    const unit = await on.shell("basename $(ls /usr/lib/systemd/system/php*-fpm.service) .service");
    const pool = await on.shell("ls /etc/php/*/fpm/pool.d/www.conf");
    // Without a time, children are killed in the middle of what they do.
    await on.shell(`mkdir -p /srv/php; echo '<?php usleep(20000); echo "said";' >/srv/php/x.php
sed -i 's/^;*process_control_timeout.*/process_control_timeout = 10s/' /etc/php/*/fpm/php-fpm.conf
sed -i 's,^listen = .*,listen = /run/php/shop.sock,; s/^pm = .*/pm = static/; s/^pm.max_children.*/pm.max_children = 8/' ${pool}
systemctl restart ${unit}`);
    const params = { service: "php-fpm", unit, files: [pool] };
    expect(await lostInFiveReloads({ path: "/x.php", name: "php.example" }, params)).toEqual([]);
    await succeeds(reload({ ...params, measure: measure() }));
    await on.shell(`cp ${pool} /tmp/pool; echo 'php_admin_value[auto_prepend_file] = /nowhere.php' >>${pool}`);
    await isTakenBack(reload({ ...params, measure: measure() }));
    expect(await on.shell(`cmp /tmp/pool ${pool} && curl -s -H 'Host: php.example' http://127.0.0.1/x.php`)).toBe(
      "said",
    );
  });
});

describe("gunicorn", () => {
  const app = (status: string) =>
    on.shell(`cat >/srv/app/app.py <<'END'
def app(environ, start):
    start("${status}", [])
    return [b"said"]
END`);
  const measure = () => ({ url: `http://${address}/`, server_name: "green.example", rate: 20, seconds: 2 });

  test("five reloads behind nginx; what answers wrongly is taken back", async () => {
    await on.shell(`mkdir -p /srv/app; cat >/etc/systemd/system/green.service <<'END'
[Service]
User=www-data
WorkingDirectory=/srv/app
ExecStart=/usr/bin/gunicorn -b 127.0.0.1:9201 -w 2 app:app
ExecReload=/bin/kill -HUP $MAINPID
END
systemctl daemon-reload`);
    await app("200 OK");
    await on.shell("systemctl start green; sleep 2");
    const params = { service: "gunicorn", unit: "green", seconds: 20, files: ["/srv/app"] };
    // Its own reload is known to lose some (README.md): told, and not promised.
    await lostInFiveReloads({ name: "green.example" }, params);
    await app("500 Wrong");
    await isTakenBack(reload({ ...params, measure: measure() }));
    expect(await on.shell("curl -s -w ' %{http_code}' http://127.0.0.1:9201/")).toBe("said 200");
  });
});

describe("nginx", () => {
  test("Z4: of 20 reloads 19 are proven within 2 seconds", async () => {
    const { status, output, results } = await on.apply(
      ...Array.from({ length: 20 }, () => reload({ service: "nginx" })),
    );
    expect(status, output).toBe(0);
    const times = results.map(({ milliseconds }) => Number(milliseconds)).toSorted((one, other) => one - other);
    console.log(`nginx: 20 reloads proven within ${times[10]} (median), ${times[18]} (19th), ${times[19]} ms`);
    expect(times[18]).toBeLessThanOrEqual(2000);
  });

  test("a site that answers wrongly is taken back before its play ends", async () => {
    const measure = { url: `http://${address}/`, server_name: "plain.example", rate: 50, seconds: 2 };
    const change = (status: number) => [site("plain", { status }), reload({ service: "nginx", measure })];
    await succeeds(site("plain", { status: 200 }));
    await succeeds(...change(204));
    await isTakenBack(...change(500));
    expect(await on.shell("curl -s -o /dev/null -w '%{http_code}' -H 'Host: plain.example' http://127.0.0.1/")).toBe(
      "204",
    );
    expect(await on.shell("ls -A /var/lib/evenkeel/nginx")).toBe("");
  });

  test("files that nginx.site has not made are put back as they were when they were last proven", async () => {
    const own = (more: string) =>
      on.shell(`echo 'server { listen 80; server_name own.example; ${more} }' >/etc/nginx/conf.d/own.conf`);
    const measure = { url: `http://${address}/`, server_name: "own.example", rate: 50, seconds: 2 };
    const task = reload({ service: "nginx", files: ["/etc/nginx/conf.d/own.conf"], measure });
    const isAsBefore = async () => {
      expect(await on.shell("curl -s -o /dev/null -w '%{http_code}' -H 'Host: own.example' http://127.0.0.1/")).toBe(
        "201",
      );
      expect(await on.shell("cat /etc/nginx/conf.d/own.conf")).toContain("return 201");
    };
    await own("return 201;");
    await succeeds(reload({ service: "nginx", files: ["/etc/nginx/conf.d/own.conf"] }));
    await own("bogus;");
    const { status, output } = await on.apply(task);
    expect(status, output).toBe(1);
    expect(output).toContain("reload/refused");
    await isAsBefore();
    await own("return 500;");
    await isTakenBack(task);
    await isAsBefore();
  });
});
