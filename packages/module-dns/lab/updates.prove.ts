import { Secret } from "@evenkeel/core";
import { connect } from "@evenkeel/transport";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { UpdateData } from "../src/record/update-executor.ts";
import { updateExecutor } from "../src/record/update-executor.ts";
import { tsigAlgorithms } from "../src/wire/tsig.ts";
import { NameServers } from "./name-server.ts";

/** Updates with keys, two controllers, and a secondary. */
let on: NameServers;
let secondary: string;
const secret = "c2VjcmV0LWtleS1mb3ItdGVzdHMtMDEyMzQ1Njc4OQ==";
const key = { name: "deploy", secret };
const zone = {
  name: "dyn.test",
  nameservers: ["ns1"],
  records: [{ name: "ns1", type: "A", value: "192.0.2.53" }],
  update_keys: tsigAlgorithms.map((algorithm) => `k-${algorithm}`).concat("deploy"),
};
const record = { zone: "dyn.test", name: "www", value: ["192.0.2.7", "192.0.2.8"], ttl: 60, key };

beforeAll(async () => {
  on = await NameServers.boot({ name: "ns", suite: "trixie" }, { name: "second", suite: "bookworm" });
  const keys = tsigAlgorithms.map((algorithm) => ({ "dns.key": { name: `k-${algorithm}`, algorithm, secret } }));
  const done = await on.run("apply", "ns", [{ "dns.key": key }, ...keys, { "dns.zone": zone }]);
  expect(done.status, done.output).toBe(0);
  const own = (name: string) => on.shell(name, "hostname -I | cut -d' ' -f1");
  const [first, second] = [(await own("ns")).trim(), (await own("second")).trim()];
  secondary = second;
  await on.shell(
    "second",
    `export DEBIAN_FRONTEND=noninteractive; apt-get update -q >/dev/null; apt-get install -y -q --no-install-recommends bind9 >/dev/null 2>&1
for zone in static.test; do printf 'zone "%s" { type secondary; primaries { ${first}; }; file "/var/cache/bind/%s"; };\n' $zone $zone; done >>/etc/bind/named.conf.local
systemctl restart named`,
  );
});
afterAll(() => on?.[Symbol.asyncDispose]());

const apply = async (tasks: readonly object[]) => {
  const done = await on.run("apply", "ns", tasks);
  expect(done.status, done.output).toBe(0);
  return done;
};
const refuse = async (tasks: readonly object[], pattern: RegExp) => {
  const done = await on.run("apply", "ns", tasks);
  expect(done.status, done.output).toBe(1);
  expect(done.output).toMatch(pattern);
  expect(done.output).not.toContain(secret);
};

test.each(tsigAlgorithms)("%s", async (algorithm) => {
  const name = algorithm.slice(5);
  const set = { ...record, name, key: { name: `k-${algorithm}`, algorithm, secret } };
  const planned = await on.run("plan", "ns", [{ "dns.record": set }]);
  const done = await apply([{ "dns.record": set }]);
  expect(done.changes).toEqual([`ensure dns-record ${name}.dyn.test. A`]);
  expect(planned.changes).toEqual(done.changes);
  expect(await on.data("ns", `${name}.dyn.test`, "A")).toHaveLength(2);
  expect((await apply([{ "dns.record": set }])).changes).toEqual([]);
});

test("all types, exact sets, TTLs, and away again", async () => {
  const sets = [
    { type: "AAAA", value: "2001:db8::1" },
    { type: "MX", priority: 5, value: "mail.example.net" },
    { type: "TXT", value: ['a "quoted" \\ text; é\n', "x".repeat(700)] },
    { type: "SRV", priority: 0, weight: 1, port: 443, value: "web.example.net" },
    { type: "CAA", tag: "issue", value: "ca.example.net" },
    { type: "PTR", value: "host.example.net" },
  ];
  const tasks = sets.map((set) => ({ "dns.record": { zone: "dyn.test", name: "all", key, ...set } }));
  const alone = [
    { name: "alias", type: "CNAME", value: "all" },
    { name: "sub", type: "NS", value: ["ns.elsewhere.net", "ns.example.net"] },
  ].map((set) => ({ "dns.record": { zone: "dyn.test", key, ...set } }));
  await apply([...tasks, ...alone]);
  expect((await apply([...tasks, ...alone])).changes).toEqual([]);
  expect(await on.data("ns", "alias.dyn.test", "CNAME")).toEqual(["all.dyn.test"]);
  expect(await on.shell("ns", "rndc sync dyn.test; cat /var/lib/bind/dyn.test.zone")).toContain("ns.elsewhere.net.");
  const [text] = (await on.data("ns", "all.dyn.test", "TXT")) as readonly Buffer[][];
  expect(Buffer.concat(text ?? []).length).toBeGreaterThan(20);
  await apply([{ "dns.record": { ...record, value: "192.0.2.1" } }]);
  await apply([{ "dns.record": { ...record, value: "192.0.2.1", ttl: 61 } }]);
  expect((await on.ask("ns", "www.dyn.test", "A")).answers).toMatchObject([{ ttl: 61, data: "192.0.2.1" }]);
  await apply(
    sets.map((set) => ({ "dns.record": { zone: "dyn.test", name: "all", key, type: set.type, state: "absent" } })),
  );
  expect((await on.ask("ns", "all.dyn.test", "A")).rcode).toBe("NXDOMAIN");
});

test("a CNAME beside others is refused at plan, both ways", async () => {
  await apply([{ "dns.record": record }]);
  await refuse(
    [{ "dns.record": { ...record, type: "CNAME", value: "alias" } }],
    /www\.dyn\.test\. has A: a CNAME stands alone/,
  );
  await refuse([{ "dns.record": { ...record, name: "alias" } }], /alias\.dyn\.test\. has CNAME/);
});

test("a key that is not known, is wrong, or may not; no key; a zone that is not there; nobody there", async () => {
  await refuse(
    [{ "dns.record": { ...record, value: "192.0.2.66", key: { ...key, name: "nobody" } } }],
    /does not know the key nobody/,
  );
  await refuse(
    [{ "dns.record": { ...record, value: "192.0.2.66", key: { ...key, secret: "d3Jvbmctc2VjcmV0LTEyMzQ=" } } }],
    /another secret/,
  );
  const { key: _, ...without } = record;
  await refuse(
    [{ "dns.record": { ...without, method: "update", value: "192.0.2.66" } }],
    /updates without a key are not allowed/,
  );
  await refuse([{ "dns.record": { ...record, zone: "nowhere.test" } }], /server does not answer for this zone/);
  await refuse(
    [{ "dns.record": { ...record, server: "127.0.0.99", server_port: 5399 } }],
    /no name server answers at 127\.0\.0\.99/,
  );
  await on.shell(
    "ns",
    `sed -i 's/grant "k-hmac-sha1" zonesub ANY/grant "k-hmac-sha1" zonesub TXT/' /etc/bind/named.conf.evenkeel; rndc reconfig`,
  );
  await refuse(
    [
      {
        "dns.record": { ...record, value: "192.0.2.66", key: { name: "k-hmac-sha1", algorithm: "hmac-sha1", secret } },
      },
    ],
    /the key k-hmac-sha1 may not do this/,
  );
  expect(await on.data("ns", "www.dyn.test", "A")).toHaveLength(2);
});

test("two controllers do not overwrite each other", async () => {
  const { lab } = on;
  const login = {
    identityFiles: [lab.identityFile],
    knownHostsFiles: [lab.knownHostsFile],
    sshConfig: "none",
    agent: "none",
  } as const;
  const port = connect({ name: "ns", address: on.host("ns").address, user: "root", ...login });
  const data = (before: readonly string[], after: readonly string[]): UpdateData => ({
    ...{ zone: "dyn.test.", name: "race.dyn.test.", type: "A", ttl: 60, before, after },
    ...{ server: "127.0.0.1", port: 53, others: [], seconds: 5 },
    key: { name: "deploy", algorithm: "hmac-sha256", secret: new Secret(secret) },
  });
  try {
    await updateExecutor.take(data([], ["192.0.2.1"]), port, {});
    await expect(updateExecutor.take(data([], ["192.0.2.2"]), port, {})).rejects.toMatchObject({
      code: "dns/changed-meanwhile",
    });
    await expect(updateExecutor.take(data(["192.0.2.9"], ["192.0.2.2"]), port, {})).rejects.toMatchObject({
      code: "dns/changed-meanwhile",
    });
    expect(await on.data("ns", "race.dyn.test", "A")).toEqual(["192.0.2.1"]);
    await updateExecutor.take(data(["192.0.2.1"], ["192.0.2.2"]), port, {});
    await updateExecutor.take({ ...data(["192.0.2.1"], []), isUndo: true }, port, {});
    expect(await on.data("ns", "race.dyn.test", "A")).toEqual(["192.0.2.2"]);
  } finally {
    await port.close();
  }
});

test("a zone that takes updates keeps what it was told, and refuses a playbook that forgets so", async () => {
  expect((await apply([{ "dns.zone": zone }])).changes).toContain("ensure dns-configuration named");
  expect((await apply([{ "dns.zone": zone }])).changes).toEqual([]);
  const records = [...zone.records, { name: "late", type: "A", value: "192.0.2.1" }];
  await refuse([{ "dns.zone": { ...zone, records } }], /its records are named's own/);
  await refuse([{ "dns.zone": { ...zone, update_keys: [] } }], /it takes updates until now/);
  await refuse(
    [{ "dns.record": { zone: "dyn.test", name: "late", value: "192.0.2.1" } }],
    /takes updates|changed by hand/,
  );
  expect(await on.data("ns", "www.dyn.test", "A")).toHaveLength(2);
});

test("secondaries follow before a run is done; one that does not fails it, and the zone comes back with a later serial", async () => {
  const records = [{ name: "ns1", type: "A", value: "192.0.2.53" }];
  const own = { name: "static.test", nameservers: ["ns1"], records, secondaries: [secondary], propagation_timeout: 20 };
  await apply([{ "dns.zone": own }]);
  expect(await on.serial("second", "static.test")).toBe(await on.serial("ns", "static.test"));
  const more = { ...own, records: [...records, { name: "www", type: "A", value: "192.0.2.1" }] };
  await apply([{ "dns.zone": more }]);
  expect(await on.data("second", "www.static.test", "A")).toEqual(["192.0.2.1"]);
  const serial = (await on.serial("ns", "static.test")) ?? 0;
  await on.shell("second", "systemctl stop named");
  await refuse([{ "dns.zone": { ...own, propagation_timeout: 3 } }], /not every secondary/);
  expect(await on.data("ns", "www.static.test", "A")).toEqual(["192.0.2.1"]);
  expect(await on.serial("ns", "static.test")).toBe(serial + 2);
  await on.shell("second", "systemctl start named");
  await apply([{ "dns.zone": { ...own, max_deletions: "100" } }]);
  expect(await on.serial("second", "static.test")).toBe(serial + 3);
}, 200_000);

test("a secondary whose serial is in the future takes nothing, and that is said", async () => {
  const records = [{ name: "ns1", type: "A", value: "192.0.2.53" }];
  const own = { name: "static.test", nameservers: ["ns1"], records, secondaries: [secondary], propagation_timeout: 20 };
  await apply([{ "dns.zone": { ...own, max_deletions: "100" } }]);
  const file = "/var/lib/bind/static.test.zone";
  await on.shell(
    "ns",
    `cp -p ${file} /root/kept; sed -i 's/ 20[0-9]* 7200/ 2099010101 7200/' ${file}; rndc reload static.test`,
  );
  await expect.poll(() => on.serial("second", "static.test"), { timeout: 20_000 }).toBe(2099010101);
  await on.shell("ns", `systemctl stop named; cp -p /root/kept ${file}; systemctl start named`);
  const more = { ...own, records: [...records, { name: "new", type: "A", value: "192.0.2.1" }] };
  await refuse(
    [{ "dns.zone": more }],
    /a secondary of static\.test has a later serial.*says 2099010101.*rndc retransfer/s,
  );
  await on.shell("second", "rndc retransfer static.test");
  await apply([{ "dns.zone": more }]);
  expect(await on.data("second", "new.static.test", "A")).toEqual(["192.0.2.1"]);
  // Ours in the future is no trouble: it only rises.
  await on.shell("ns", `sed -i 's/ 20[0-9]* 7200/ 2099010101 7200/' ${file}`);
  await apply([{ "dns.zone": own }]);
  expect(await on.serial("second", "static.test")).toBe(2099010102);
}, 200_000);

test("a key that goes, and one whose secret changes", async () => {
  const other = "YW5vdGhlci1zZWNyZXQtZm9yLXRlc3RzLTAxMjM0NTY=";
  await apply([{ "dns.key": { ...key, secret: other } }]);
  await refuse([{ "dns.record": { ...record, value: "192.0.2.66" } }], /another secret/);
  await apply([{ "dns.record": { ...record, value: "192.0.2.5", key: { ...key, secret: other } } }]);
  expect(await on.shell("ns", "stat -c '%a %U %G' /etc/bind/evenkeel-key-deploy.conf")).toBe("640 root bind\n");
  await apply([{ "dns.key": { name: "k-hmac-sha512", state: "absent" } }]);
  expect(await on.shell("ns", "ls /etc/bind")).not.toContain("sha512");
});
