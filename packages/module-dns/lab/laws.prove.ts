import { hostLaws } from "@evenkeel/conformance";
import { kinds as everyday } from "@evenkeel/kinds";
import type { Connection } from "@evenkeel/transport";
import { connect } from "@evenkeel/transport";
import { afterAll, beforeAll, describe, test } from "vitest";
import { executors, kinds } from "../src/index.ts";
import { key } from "../src/key/key.ts";
import { record } from "../src/record/record.ts";
import { zone } from "../src/zone/zone.ts";
import { NameServers } from "./name-server.ts";

/** The laws that only a host can prove, with the real engine: a failure at each step of each module, and then again. */
let on: NameServers;
let port: Connection;
const secret = "c2VjcmV0LWtleS1mb3ItdGVzdHMtMDEyMzQ1Njc4OQ==";

beforeAll(async () => {
  on = await NameServers.boot({ name: "ns", suite: "trixie" });
  const { lab } = on;
  const login = {
    identityFiles: [lab.identityFile],
    knownHostsFiles: [lab.knownHostsFile],
    sshConfig: "none",
    agent: "none",
  } as const;
  port = connect({ name: "ns", address: on.host("ns").address, user: "root", ...login });
  const dynamic = { ...params, name: "dyn.test", update_keys: ["deploy"] };
  const done = await on.run("apply", "ns", [{ "dns.key": { name: "deploy", secret } }, { "dns.zone": dynamic }]);
  if (done.status !== 0) throw new Error(done.output);
});
afterAll(async () => {
  await port?.close();
  await on?.[Symbol.asyncDispose]();
});

const params = {
  ...{
    name: "law.test",
    state: "present",
    nameservers: ["ns1"],
    serial: "increment",
    keep_others: false,
    max_deletions: "100%",
  },
  ...{ secondaries: [], propagation_timeout: 5, allow_transfer: [], also_notify: [], update_keys: [] },
  records: [{ name: "ns1", type: "A", value: "192.0.2.53" }],
};
const set = {
  ...{
    zone: "dyn.test",
    name: "law",
    type: "A",
    value: "192.0.2.1",
    state: "present",
    server: "127.0.0.1",
    server_port: 53,
  },
  ...{ servers: [], propagation_timeout: 5, key: { name: "deploy", algorithm: "hmac-sha256", secret } },
};

/** All that is ours, but for serials: they rise with each attempt. */
const look = `cat /etc/bind/named.conf /etc/bind/named.conf.evenkeel /etc/bind/evenkeel-key-* 2>/dev/null | sed 's/ [0-9]* 7200 / N 7200 /'
for f in /var/lib/bind/*.zone; do echo "$f"; sed 's/ [0-9]* 7200 / N 7200 /; s/[0-9]* *; serial//' "$f"; done; ls -la /etc/bind /var/lib/bind | grep -v 'jnl\\|total' | awk '{print $1, $3, $4, $9}'
for z in law.test dyn.test; do rndc zonestatus $z 2>&1 | grep -v 'serial\\|loaded\\|files'; done; find / -xdev -name '*.evenkeel' -o -xdev -name 'named.conf.??????'; pidof named`;

const withoutZone = `[ ! -f /etc/bind/named.conf.evenkeel ] || sed -i '/^# zone law.test/,/^# end of zone law.test/d; /^# key law/,/^# end of key law/d' /etc/bind/named.conf.evenkeel
rm -f /var/lib/bind/law.test.zone /etc/bind/evenkeel-key-law.conf; rndc reconfig
printf 'server 127.0.0.1\\nzone dyn.test\\nupdate delete law.dyn.test\\nsend\\n' | nsupdate -k /root/key.conf`;

const under = (reset: string) => () => ({
  ...{ port, kinds: [...everyday, ...kinds], executors },
  fingerprint: () => on.shell("ns", look),
  reset: async () => void (await on.host("ns").shell(reset, { check: false })),
});
const dynamicGone = `command -v nsupdate >/dev/null || apt-get install -y -q --no-install-recommends bind9-dnsutils >/dev/null 2>&1
cp /etc/bind/evenkeel-key-deploy.conf /root/key.conf; ${withoutZone}`;

describe.each([
  { module: zone, name: "a new zone", own: params },
  { module: key, name: "a key", own: { name: "law", algorithm: "hmac-sha256", secret, state: "present" } },
  { module: record, name: "a record by update", own: set },
] as const)("$name", ({ module, name, own }) => {
  for (const law of hostLaws(
    module,
    [{ name, params: own }],
    under(name === "a record by update" ? dynamicGone : withoutZone),
  ))
    test(law.name, async () => law.check());
});
