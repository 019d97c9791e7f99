import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endLoad, startLoad, told } from "./load.ts";
import { WebHost } from "./web-host.ts";

const internal = (listen: string) => ({
  "nginx.site": { name: "internal", server_names: ["internal.example"], listen: [listen], status: 204 },
});
const zone = (key: string) => ({
  "nginx.file": { path: "conf.d/zone.conf", content: `limit_req_zone ${key} zone=all:1m rate=100r/s;\n` },
});
const bad = (more: object) => ({
  "nginx.site": { name: "bad", server_names: ["bad.example"], status: 200, ...more },
});

/** Every configuration that nginx cannot serve, found out and taken back: before it is written, at the reload, or by silence. */
describe.each(["bookworm", "trixie", "sid"] as const)("Z3 on %s, at 200 requests a second", (suite) => {
  let web: WebHost;
  let one: readonly string[];
  let other: readonly string[];
  let probe: Awaited<ReturnType<typeof startLoad>>;

  const keys = async (name: string) => {
    const pem = await web.shell(
      `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=${name} -keyout /tmp/${name}.key -out /tmp/${name}.pem 2>/dev/null; cat /tmp/${name}.pem; echo ====; cat /tmp/${name}.key`,
    );
    return pem.split("====\n");
  };
  beforeAll(async () => {
    web = await WebHost.boot(suite);
    probe = await startLoad(web);
    const ran = await web.apply(internal("127.0.0.1:8081"), zone("$binary_remote_addr"));
    expect(ran.status, ran.output).toBe(0);
    await web.shell(
      "perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0); setsockopt(S,SOL_SOCKET,SO_REUSEADDR,1); bind(S,sockaddr_in(8099,INADDR_ANY)) or die; listen(S,5); sleep 3000' </dev/null >/dev/null 2>&1 & sleep 0.5",
    );
    [one, other] = [await keys("one"), await keys("two")];
  });
  afterAll(() => web[Symbol.asyncDispose]());

  const tls = (more: () => object) => () => bad({ tls: more() });
  const rows: readonly [string, () => object, RegExp][] = [
    ["syntax", () => bad({ raw: "gzip on;\nbogus on;" }), /unknown directive \\"bogus\\"[\s\S]*from raw, line 2/],
    [
      "missing include",
      () => bad({ raw: "include /etc/nginx/nothing.conf;" }),
      /nothing.conf\\" failed[\s\S]*from raw, line 1/,
    ],
    [
      "unresolvable upstream",
      () => bad({ status: undefined, proxy: "no-such-host.invalid:80" }),
      /host not found in upstream[\s\S]*from proxy/,
    ],
    ["missing key", tls(() => ({ certificate_file: "/tmp/one.pem", key_file: "/etc/nothing.key" })), /nothing.key/],
    ["unreadable key", tls(() => ({ certificate: one[0], key: "garbage" })), /cannot load certificate key/],
    ["key of another certificate", tls(() => ({ certificate: one[0], key: other[1] })), /key values mismatch/],
    ["a port that another process has", () => bad({ listen: ["8099"] }), /bind\(\) to 0.0.0.0:8099 failed \(98/],
    ["an address that is widened", () => internal("8081"), /bind\(\) to 0.0.0.0:8081 failed \(98/],
    ["another key of a zone", () => zone("$server_name"), /limit_req \\"all\\" uses/],
    [
      "a second default server",
      () => ({
        "nginx.file": {
          path: "conf.d/two.conf",
          content: "server { listen 80 default_server; }\nserver { listen 80 default_server; }\n",
        },
      }),
      /duplicate default server[\s\S]*from content, line 2/,
    ],
    [
      "no folder for a log",
      () => bad({ access_log: "/var/log/nothing/bad.log" }),
      /nothing\/bad.log\\" failed[\s\S]*from access_log/,
    ],
    ["a name that another site has", () => bad({ server_names: ["shop.example"] }), /conflicting server name/],
  ];

  test.each(rows)("%s", async (_, task, words) => {
    const before = await web.serving();
    const logs = await web.shell("ls /var/log/nginx");
    const ran = await web.apply(task());
    expect(ran.output).toMatch(words);
    expect(ran.status).toBe(1);
    expect(await web.serving()).toBe(before);
    expect(await web.shell("ls -A /var/lib/evenkeel/nginx; ls /var/log/nginx")).toBe(logs);
    // What is there would start, too, if this host were to boot now.
    await web.shell("nginx -t");
  });

  test("Z4: a master that does not answer is not taken for one that does", async () => {
    const before = await web.serving();
    await web.shell("kill -STOP $(systemctl show -p MainPID --value nginx)");
    const ran = await web.apply(bad({}));
    expect(ran.status).toBe(1);
    expect(ran.output).toContain("reload/not-proven");
    expect(await web.serving()).toBe(before);
    await web.shell("kill -CONT $(systemctl show -p MainPID --value nginx); sleep 0.5");
    await expect(web.get("bad.example")).rejects.toThrow(/hang up|reset/);
  });

  test("the next good one works, and goes again", async () => {
    const again = await web.apply(bad({}));
    expect(again.status, again.output).toBe(0);
    expect(await web.get("bad.example")).toMatchObject({ status: 200 });
    expect((await web.apply({ "nginx.site": { name: "bad", state: "absent" } })).changes).toEqual([
      "remove nginx_file /etc/nginx/conf.d/bad.conf",
      "reload unit nginx.service",
    ]);
    await expect(web.get("bad.example")).rejects.toThrow(/hang up|reset/);
  });

  test("all the while no request was lost", async () => {
    const load = await endLoad(web, probe);
    console.log(await web.shell("nginx -v 2>&1"), told(load));
    expect(load.report.sent).toBeGreaterThan(2000);
    expect(load.failed, told(load)).toEqual({});
    expect(load.posts).toMatchObject({ missing: [], doubled: [] });
  });

  test("and nginx starts with what is there, when the host is started again", async () => {
    await web.host.restart();
    await web.host.run(["systemctl", "is-system-running", "--wait"], { check: false });
    expect(await web.get("shop.example", "/index.html")).toMatchObject({ status: 200, body: "goods\n" });
  });
});
