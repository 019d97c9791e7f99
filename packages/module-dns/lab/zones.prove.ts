import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NameServers, whileAsked } from "./name-server.ts";

/** Real BINDs of three ages: what they serve, and what they must not lose. */
const suites = ["trixie", "bookworm", "sid"] as const;

describe.each(suites)("BIND of %s", (suite) => {
  let on: NameServers;
  beforeAll(async () => {
    on = await NameServers.boot({ name: "ns", suite });
  });
  afterAll(() => on?.[Symbol.asyncDispose]());

  const servers = { nameservers: ["ns1", "ns.example.net"] };
  const base = [
    { name: "ns1", type: "A", value: "192.0.2.53" },
    { name: "www", type: "A", value: "192.0.2.10" },
  ];
  const zone = (records: readonly object[], more: object = {}) => [
    { "dns.zone": { name: "foobar.com", ...servers, records, ...more } },
  ];
  const state = () =>
    on.shell("ns", "sha256sum /etc/bind/* /var/lib/bind/*; rndc zonestatus foobar.com | grep -v loaded; pidof named");
  const apply = async (tasks: readonly object[]) => {
    const done = await on.run("apply", "ns", tasks);
    expect(done.status, done.output).toBe(0);
    return done;
  };
  const refuse = async (tasks: readonly object[], pattern: RegExp) => {
    const done = await on.run("apply", "ns", tasks);
    expect(done.status, done.output).toBe(1);
    expect(done.output).toMatch(pattern);
  };

  test("a blank host serves every type of record, as it was planned, and twice is once", async () => {
    const records = [
      ...base,
      { name: "www", type: "AAAA", value: "2001:DB8:0:0::10", ttl: 60 },
      { name: "@", type: "MX", priority: 10, value: "mail" },
      { name: "mail", type: "A", value: ["192.0.2.25", "192.0.2.26"] },
      { name: "blog", type: "CNAME", value: "www" },
      { name: "*.dev", type: "A", value: "192.0.2.99" },
      { name: "@", type: "CAA", tag: "issue", value: "letsencrypt.org; validationmethods=dns-01" },
      { name: "_sip._tcp", type: "SRV", priority: 1, weight: 2, port: 5060, value: "sip.example.net" },
      { name: "sub", type: "NS", value: "ns.elsewhere.net" },
      { name: "long", type: "TXT", value: 'ab"c\\;$(x)\n'.repeat(60) },
      { name: "inject", type: "TXT", value: ['" )\n$INCLUDE /etc/shadow\nevil IN A 1.2.3.4 ; "', "\\000 é"] },
    ];
    const planned = await on.run("plan", "ns", zone(records));
    expect(planned.status, planned.output).toBe(0);
    const done = await apply(zone(records));
    expect(done.changes).toEqual(planned.changes);
    expect(await on.data("ns", "www.foobar.com", "AAAA")).toEqual(["2001:db8::10"]);
    expect(await on.data("ns", "foobar.com", "MX")).toEqual([{ preference: 10, exchange: "mail.foobar.com" }]);
    expect(await on.data("ns", "mail.foobar.com", "A")).toHaveLength(2);
    expect(await on.data("ns", "blog.foobar.com", "CNAME")).toEqual(["www.foobar.com"]);
    expect(await on.data("ns", "a.b.dev.foobar.com", "A")).toEqual(["192.0.2.99"]);
    expect(await on.data("ns", "foobar.com", "NS")).toHaveLength(2);
    expect(await on.data("ns", "_sip._tcp.foobar.com", "SRV")).toMatchObject([{ priority: 1, weight: 2, port: 5060 }]);
    expect(await on.data("ns", "foobar.com", "CAA")).toMatchObject([
      { tag: "issue", value: "letsencrypt.org; validationmethods=dns-01" },
    ]);
    const [long] = (await on.data("ns", "long.foobar.com", "TXT")) as readonly Buffer[][];
    expect(Buffer.concat(long ?? []).toString()).toBe('ab"c\\;$(x)\n'.repeat(60));
    const texts = (await on.data("ns", "inject.foobar.com", "TXT")) as readonly Buffer[][];
    expect(texts.map((each) => Buffer.concat(each).toString()).toSorted()).toEqual(
      ['" )\n$INCLUDE /etc/shadow\nevil IN A 1.2.3.4 ; "', "\\000 é"].toSorted(),
    );
    expect((await on.ask("ns", "evil.foobar.com", "A")).rcode).toBe("NXDOMAIN");
    const before = await state();
    expect((await apply(zone(records.toReversed()))).changes).toEqual([]);
    expect(await state()).toBe(before);
  });

  test("refused with a reason before anything is changed", async () => {
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{ name: "www", type: "CNAME", value: "other" }, /www\.foobar\.com\. has a CNAME and A/],
      [{ name: "@", type: "CNAME", value: "www" }, /the zone itself/],
      [{ name: "www.example.net.", type: "A", value: "192.0.2.1" }, /not in the zone/],
      [{ name: "x", type: "A", value: "192.0.2.256" }, /not an IPv4 address/],
      [{ name: "x", type: "MX", value: "www" }, /needs priority/],
      [{ name: "x", type: "MX", priority: 1, value: "nowhere" }, /has no address in the zone/],
      [{ name: 'x" IN A 1.2.3.4', type: "A", value: "192.0.2.1" }, /not a name for DNS/],
      [{ name: "x", type: "CNAME", value: "a b" }, /not a name for DNS/],
    ];
    const before = await state();
    const tasks = wrong
      .flatMap(([record]) => zone([...base, record]))
      .map((task) => ({ ...task, ignore_errors: true }));
    const planned = await on.run("apply", "ns", tasks);
    expect(planned.changes).toEqual([]);
    for (const [, pattern] of wrong) expect(planned.output).toMatch(pattern);
    expect(await state()).toBe(before);
  });

  test("too many deletions are refused, with the list", async () => {
    const many = [
      ...base,
      ...Array.from({ length: 12 }, (_, at) => ({ name: `h${at}`, type: "A", value: `192.0.2.${at + 100}` })),
    ];
    await apply(zone(many, { max_deletions: "100" }));
    const before = await state();
    await refuse(zone(base), /12 of 16 records of foobar\.com would go.*h11\.foobar\.com\. A 192\.0\.2\.111/s);
    expect(await state()).toBe(before);
    await apply(zone(base, { max_deletions: "12" }));
    expect((await on.ask("ns", "h1.foobar.com", "A")).rcode).toBe("NXDOMAIN");
  });

  test("what passes the checks and named does not load is taken back, in named's words; a later serial is never undone", async () => {
    const serial = await on.serial("ns", "foobar.com");
    const before = await state();
    const many = Array.from({ length: 12 }, (_, at) => ({ name: `h${at}`, type: "A", value: `192.0.2.${at + 100}` }));
    await on.shell("ns", "chown root /var/lib/bind; chmod 700 /var/lib/bind");
    await refuse(zone([...base, ...many]), /loading from master file .* failed: permission denied/);
    await on.shell("ns", "chmod 775 /var/lib/bind");
    expect(await state()).toBe(before);
    expect(await on.serial("ns", "foobar.com")).toBe(serial);
    await on.shell(
      "ns",
      `sed -i 's/^options {/options { allow-query { none; }; /' /etc/bind/named.conf.options; rndc reconfig`,
    );
    await refuse(zone([...base, ...many.slice(0, 1)]), /REFUSED.*allow-query/s);
    await on.shell("ns", `sed -i 's/allow-query { none; }; //' /etc/bind/named.conf.options; rndc reconfig`);
    // It had been served, so the old records came back with a serial after it.
    expect(await on.serial("ns", "foobar.com")).toBe((serial ?? 0) + 2);
    expect((await on.ask("ns", "h0.foobar.com", "A")).rcode).toBe("NXDOMAIN");
    expect((await apply(zone(base))).changes).toEqual([]);
  }, 120_000);

  test("a configuration that is broken elsewhere, or has the zone already, is left alone", async () => {
    await on.shell(
      "ns",
      `printf 'zone "other.test" { type primary; file "/var/lib/bind/other"; }\n' >>/etc/bind/named.conf.local`,
    );
    const before = await state();
    await refuse([{ "dns.zone": { name: "new.test", nameservers: ["ns.example.net"] } }], /missing ';' before/);
    expect(await state()).toBe(before);
    await on.shell(
      "ns",
      `: >/etc/bind/named.conf.local
cp /var/lib/bind/foobar.com.zone /etc/bind/db.mine; sed -i 's/foobar.com/mine.test/g' /etc/bind/db.mine
printf 'zone "mine.test" { type primary; file "/etc/bind/db.mine"; };\n' >>/etc/bind/named.conf.local; rndc reconfig`,
    );
    await refuse(
      [{ "dns.zone": { name: "mine.test", nameservers: ["ns.example.net"] } }],
      /already serves mine\.test from \/etc\/bind\/db\.mine/,
    );
    await on.shell("ns", ": >/etc/bind/named.conf.local; rm /etc/bind/db.mine; rndc reconfig");
  });

  test("50 questions a second while the zone changes, breaks and comes back: every one is answered", async () => {
    const address = on.host("ns").address;
    const { done, asked, wrong } = await whileAsked({ address, name: "www.foobar.com", perSecond: 50 }, async () => {
      const serials: (number | undefined)[] = [];
      for (let round = 0; round < 5; round++) {
        await apply(zone([...base, { name: "round", type: "A", value: `192.0.2.${round}` }]));
        serials.push(await on.serial("ns", "foobar.com"));
        await refuse(zone([...base, { name: "not_a_host", type: "A", value: "192.0.2.1" }]), /bad owner name/);
        await apply([
          ...zone([...base, { name: "round", type: "A", value: `192.0.2.${round}` }], {
            also_notify: [`192.0.2.${round}`],
          }),
        ]);
      }
      return serials;
    });
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(500);
    expect(done.map((serial) => (serial ?? 0) - (done[0] ?? 0))).toEqual([0, 1, 2, 3, 4]);
  }, 300_000);

  test("a file that was put back, and a reload that never came, are noticed", async () => {
    await apply(zone(base, { max_deletions: "100" }));
    await on.shell("ns", "cp -p /var/lib/bind/foobar.com.zone /root/old");
    await apply(zone([...base, { name: "one", type: "A", value: "192.0.2.1" }]));
    const serial = (await on.serial("ns", "foobar.com")) ?? 0;
    await on.shell("ns", "cp -p /root/old /var/lib/bind/foobar.com.zone");
    await apply(zone(base, { max_deletions: "100" }));
    expect(await on.serial("ns", "foobar.com")).toBe(serial + 1);
    expect((await on.ask("ns", "one.foobar.com", "A")).rcode).toBe("NXDOMAIN");
    // As a run that was cut leaves it: the file is new, and nobody has told named.
    await on.shell("ns", `sed -i 's/ ${serial + 1} / ${serial + 5} /' /var/lib/bind/foobar.com.zone`);
    expect((await apply(zone(base))).changes).toEqual(["ensure dns-zone foobar.com"]);
    expect(await on.serial("ns", "foobar.com")).toBe(serial + 5);
    await on.shell("ns", "sleep 1; touch /etc/bind/named.conf.evenkeel");
    expect((await apply(zone(base))).changes).toEqual(["ensure dns-configuration named"]);
    expect((await apply(zone(base))).changes).toEqual([]);
  });

  test("kill -9 at every step, and then again: the same end", async () => {
    for (let at = 1; ; at++) {
      const records = [...base, { name: "kill", type: "A", value: `192.0.2.${at}` }];
      const tasks = zone(records, { also_notify: [`192.0.2.${at}`], max_deletions: "100" });
      const killed = await on.run("apply", "ns", tasks, { environment: { EVENKEEL_FAULT_KILL_AT: String(at) } });
      if (killed.status === 0) {
        expect(at).toBeGreaterThan(6);
        break;
      }
      await apply(tasks);
      expect(await on.data("ns", "kill.foobar.com", "A")).toEqual([`192.0.2.${at}`]);
      expect((await on.run("apply", "ns", tasks)).changes).toEqual([]);
    }
  }, 600_000);

  test("records in the file, one set at a time, beside a zone that keeps others", async () => {
    const keeping = zone(base, { keep_others: true, max_deletions: "100" });
    await apply(keeping);
    const set = { zone: "foobar.com", name: "api", value: ["192.0.2.1", "192.0.2.2"], ttl: 30 };
    await apply([{ "dns.record": set }]);
    expect(await on.data("ns", "api.foobar.com", "A")).toHaveLength(2);
    expect((await apply([...keeping, { "dns.record": set }])).changes).toEqual([]);
    await apply([{ "dns.record": { ...set, value: "192.0.2.1", state: "absent" } }]);
    expect(await on.data("ns", "api.foobar.com", "A")).toEqual(["192.0.2.2"]);
    await refuse([{ "dns.record": { ...set, type: "CNAME", value: "www" } }], /a CNAME stands alone/);
    await apply([{ "dns.record": { zone: "foobar.com", name: "api", state: "absent" } }]);
    expect((await on.ask("ns", "api.foobar.com", "A")).rcode).toBe("NXDOMAIN");
    await refuse([{ "dns.record": { ...set, zone: "nowhere.test" } }], /no file/);
  });

  test("a zone that goes", async () => {
    await apply(zone(base, { max_deletions: "100" }));
    expect(await on.data("ns", "www.foobar.com", "A")).toEqual(["192.0.2.10"]);
    await apply([{ "dns.zone": { name: "foobar.com", state: "absent" } }]);
    // Whoever may ask for other names is now sent to the root's servers, and nobody gets an answer from here.
    expect((await on.ask("ns", "www.foobar.com", "A")).answers).toEqual([]);
    expect(await on.shell("ns", "ls /var/lib/bind; cat /etc/bind/named.conf.evenkeel")).not.toContain("foobar");
    expect((await apply([{ "dns.zone": { name: "foobar.com", state: "absent" } }])).changes).toEqual([]);
  });
});
