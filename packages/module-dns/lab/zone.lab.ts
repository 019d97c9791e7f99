import { afterAll, beforeAll, expect, test } from "vitest";
import { NameServers } from "./name-server.ts";

/** A blank host that comes to serve a zone, and what must not harm it. */
let on: NameServers;
beforeAll(async () => {
  on = await NameServers.boot({ name: "ns", suite: "trixie" });
});
afterAll(() => on?.[Symbol.asyncDispose]());

const zone = {
  name: "foobar.com",
  nameservers: ["ns1"],
  records: [
    { name: "ns1", type: "A", value: "192.0.2.53" },
    { name: "www", type: "A", value: ["192.0.2.10", "192.0.2.11"] },
    { type: "TXT", value: 'say "hi"; \\ é' },
  ],
};
const secret = "c2VjcmV0LWtleS1mb3ItdGVzdHMtMDEyMzQ1Njc4OQ==";

test("a blank host: the plan is what apply does, the answer is right, and then there is nothing to do", async () => {
  const tasks = [{ "dns.zone": zone }];
  const planned = await on.run("plan", "ns", tasks);
  expect(planned.status, planned.output).toBe(0);
  const applied = await on.run("apply", "ns", tasks);
  expect(applied.status, applied.output).toBe(0);
  expect(applied.changes).toEqual(planned.changes);
  expect((await on.data("ns", "www.foobar.com", "A")).toSorted()).toEqual(["192.0.2.10", "192.0.2.11"]);
  expect(String((await on.data("ns", "foobar.com", "TXT")).flat())).toBe('say "hi"; \\ é');
  const serial = await on.serial("ns", "foobar.com");
  const again = await on.run("apply", "ns", tasks);
  expect(again.changes).toEqual([]);
  expect(await on.serial("ns", "foobar.com")).toBe(serial);
});

test("a change raises the serial, and named is reloaded, not restarted", async () => {
  const [before, pid] = [await on.serial("ns", "foobar.com"), await on.shell("ns", "pidof named")];
  const records = [...zone.records, { name: "api", type: "CNAME", value: "www" }];
  const done = await on.run("apply", "ns", [{ "dns.zone": { ...zone, records } }]);
  expect(done.status, done.output).toBe(0);
  expect(await on.data("ns", "api.foobar.com", "CNAME")).toEqual(["www.foobar.com"]);
  expect(await on.serial("ns", "foobar.com")).toBe((before ?? 0) + 1);
  expect(await on.shell("ns", "pidof named")).toBe(pid);
});

test("what named refuses leaves bytes, answers and serial alone", async () => {
  const look = () => on.shell("ns", "sha256sum /etc/bind/* /var/lib/bind/*; rndc zonestatus foobar.com | grep serial");
  const before = await look();
  // We let it pass, and named does not: a host's name with an underscore.
  const records = [...zone.records, { name: "not_a_host", type: "A", value: "192.0.2.1" }];
  const refused = await on.run("apply", "ns", [{ "dns.zone": { ...zone, records } }]);
  expect(refused.status).toBe(1);
  expect(refused.output).toMatch(/bad owner name/);
  expect(await look()).toBe(before);
});

test("records by update, with a key", async () => {
  const key = { name: "deploy", secret };
  const own = { name: "dyn.test", nameservers: ["ns1"], records: zone.records.slice(0, 1), update_keys: ["deploy"] };
  const record = { zone: "dyn.test", name: "www", value: ["192.0.2.7", "192.0.2.8"], ttl: 60, key };
  // A server does not answer for a name that it hands on to others: it only tells of them.
  const handedOn = { ...record, name: "sub", type: "NS", value: "ns.elsewhere.net" };
  const tasks = [{ "dns.key": key }, { "dns.zone": own }, { "dns.record": record }, { "dns.record": handedOn }];
  const done = await on.run("apply", "ns", tasks);
  expect(done.status, done.output).toBe(0);
  expect((await on.data("ns", "www.dyn.test", "A")).toSorted()).toEqual(["192.0.2.7", "192.0.2.8"]);
  expect((await on.run("apply", "ns", tasks)).changes).toEqual([]);
  const wrong = { ...key, secret: "d3Jvbmctc2VjcmV0LWZvci10ZXN0cw==" };
  const refused = await on.run("apply", "ns", [{ "dns.record": { ...record, value: "192.0.2.9", key: wrong } }]);
  expect(refused.status).toBe(1);
  expect(refused.output).toMatch(/another secret for the key deploy/);
  expect(refused.output + done.output).not.toContain(secret);
});
