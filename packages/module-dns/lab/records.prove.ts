import { afterAll, beforeAll, expect, test } from "vitest";
import { NameServers } from "./name-server.ts";

/** Single records in a zone's file: every type, as `dns.record` has it without a key. */
let on: NameServers;
beforeAll(async () => {
  on = await NameServers.boot({ name: "ns", suite: "trixie" });
  const records = [
    { name: "ns1", type: "A", value: "192.0.2.53" },
    { name: "www", type: "A", value: "192.0.2.10" },
  ];
  const made = await apply([{ "dns.zone": { name: "foobar.com", nameservers: ["ns1"], keep_others: true, records } }]);
  expect(made.status, made.output).toBe(0);
});
afterAll(() => on?.[Symbol.asyncDispose]());

const apply = async (tasks: readonly object[]) => {
  const done = await on.run("apply", "ns", tasks);
  expect(done.status, done.output).toBe(0);
  return done;
};
const state = () =>
  on.shell("ns", "sha256sum /etc/bind/* /var/lib/bind/*; rndc zonestatus foobar.com | grep -v loaded; pidof named");

test("each type in the file, one set at a time, and away again", async () => {
  const own = [
    { name: "six", type: "AAAA", value: ["2001:db8::1", "2001:DB8::2"] },
    { name: "@", type: "MX", priority: 5, value: "mail.example.net" },
    { name: "text", type: "TXT", value: ['a "quoted" \\ text; é\n', "x".repeat(700)] },
    { name: "_web._tcp", type: "SRV", priority: 0, weight: 1, port: 443, value: "web.example.net" },
    { name: "@", type: "CAA", tag: "issue", value: "ca.example.net" },
    { name: "sub", type: "NS", value: "ns.elsewhere.net" },
    { name: "alias", type: "CNAME", value: "www" },
    { name: "pointer", type: "PTR", value: "host.example.net" },
  ];
  const tasks = (more: object) => own.map((each) => ({ "dns.record": { zone: "foobar.com", ...each, ...more } }));
  const planned = await on.run("plan", "ns", tasks({}));
  const done = await apply(tasks({}));
  expect(done.changes).toEqual(planned.changes);
  expect(await on.data("ns", "six.foobar.com", "AAAA")).toHaveLength(2);
  expect(await on.data("ns", "foobar.com", "MX")).toEqual([{ preference: 5, exchange: "mail.example.net" }]);
  expect(await on.data("ns", "text.foobar.com", "TXT")).toHaveLength(2);
  expect(await on.data("ns", "alias.foobar.com", "CNAME")).toEqual(["www.foobar.com"]);
  const before = await state();
  expect((await apply(tasks({}))).changes).toEqual([]);
  expect(await state()).toBe(before);
  const gone = own.map(({ name, type }) => ({ "dns.record": { zone: "foobar.com", name, type, state: "absent" } }));
  await apply(gone);
  expect((await on.ask("ns", "text.foobar.com", "TXT")).rcode).toBe("NXDOMAIN");
  expect((await apply(gone)).changes).toEqual([]);
}, 120_000);
