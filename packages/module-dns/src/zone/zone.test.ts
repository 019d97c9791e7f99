import { hash } from "node:crypto";
import { moduleLaws } from "@evenkeel/conformance";
import type { Change, Observed } from "@evenkeel/core";
import { InputError, unsettled } from "@evenkeel/core";
import { kinds as everyday } from "@evenkeel/kinds";
import { describe, expect, test } from "vitest";
import { kinds } from "../index.ts";
import { zone } from "./zone.ts";
import type { ZoneParams } from "./zone-params.ts";

const params = {
  ...{
    name: "foobar.com",
    state: "present",
    nameservers: ["ns1"],
    serial: "date",
    keep_others: false,
    max_deletions: "30%",
  },
  ...{ secondaries: [], propagation_timeout: 60, allow_transfer: [], also_notify: [], update_keys: [] },
  records: [
    { name: "ns1", type: "A", value: "192.0.2.53" },
    { name: "www", type: "A", value: "192.0.2.10" },
  ],
} satisfies ZoneParams;

const zoneFile = (
  serial: number,
  www = "192.0.2.10",
) => `; foobar.com, written by Evenkeel: what is changed here by hand is replaced.
$ORIGIN foobar.com.
$TTL 3600
@ IN SOA ns1.foobar.com. hostmaster.foobar.com. ${serial} 7200 900 1209600 300
@ IN NS ns1.foobar.com.
ns1 IN A 192.0.2.53
www IN A ${www}
`;
const conf = `# Written by Evenkeel. Between its marks everything is replaced.
# zone foobar.com
zone "foobar.com" {
	type primary;
	file "/var/lib/bind/foobar.com.zone";
	allow-transfer { none; };
};
# end of zone foobar.com
`;
const text = (content: string) => ({
  type: "file",
  mode: "0644",
  text: content,
  sha256: hash("sha256", content),
  size: content.length,
});
const gone = { type: "absent" };
const at = (serial: number, more: object = {}) => ({
  ...{ state: "served", serial, file: "/var/lib/bind/foobar.com.zone", isDynamic: false, today: "20261121" },
  ...more,
});

/** What a host says, by the names of the questions. */
const converged = {
  server: { state: "installed", version: "1:9.20", manager: "apt" },
  service: { state: "present", manager: "systemd", isActive: true, isEnabled: true, isMasked: false },
  include: { state: "included" },
  configuration: text(conf),
  configured: { state: "running", isStale: false },
  current: text(zoneFile(2026112003)),
  long: gone,
  journal: gone,
  served: at(2026112003),
};
const blank: Said = {
  ...{
    server: { state: "absent", manager: "apt", candidate: "1:9.20" },
    service: { state: "absent", manager: "systemd" },
  },
  ...{ include: { state: "absent" }, configuration: gone, configured: { state: "absent" }, current: gone, long: gone },
  ...{ journal: gone, served: { state: "absent", today: "20261121" } },
};
type Said = Readonly<Record<string, unknown>>;

function plan(said: Said, more: Partial<ZoneParams> = {}): readonly Change[] {
  const wanted: ZoneParams = { ...params, ...more };
  const answers = Object.fromEntries(
    Object.entries(zone.observe(wanted)).map(([name, query]) => [name, { ...query, state: said[name] } as Observed]),
  );
  return zone.plan(answers as never, wanted);
}
const shortly = (changes: readonly Change[]) =>
  changes.map(({ action, kind, key }) => `${action} ${kind} ${key.split("/").at(-1)}`);
const ours = ["ensure file foobar.com.zone", "ensure file named.conf.evenkeel"];
const named = ["ensure dns-configuration named", "ensure dns-zone foobar.com"];

const table: readonly {
  readonly name: string;
  readonly said: Said;
  readonly more?: Partial<ZoneParams>;
  readonly changes: readonly string[];
}[] = [
  { name: "as it is to be", said: converged, changes: [] },
  {
    name: "blank",
    said: blank,
    changes: ["ensure package bind9", ...ours, "ensure dns-include named.conf", "ensure unit named.service", ...named],
  },
  {
    name: "all unsettled",
    said: Object.fromEntries(Object.keys(converged).map((name) => [name, unsettled("a test")])),
    changes: ["ensure package bind9", ...ours, "ensure dns-include named.conf", "ensure unit named.service", ...named],
  },
  {
    name: "another record",
    said: { ...converged, current: text(zoneFile(2026112003, "192.0.2.9")) },
    changes: [ours[0], named[1]] as string[],
  },
  { name: "not reloaded", said: { ...converged, served: at(2026112002) }, changes: ["ensure dns-zone foobar.com"] },
  { name: "put back", said: { ...converged, served: at(2026112009) }, changes: [ours[0], named[1]] as string[] },
  {
    name: "not read",
    said: { ...converged, configured: { state: "running", isStale: true } },
    changes: ["ensure dns-configuration named"],
  },
  {
    name: "who may transfer",
    said: converged,
    more: { allow_transfer: ["192.0.2.1"] },
    changes: [ours[1], named[0]] as string[],
  },
  {
    name: "stopped",
    said: {
      ...converged,
      service: { ...converged.service, isActive: false },
      served: { state: "absent" },
      configured: { state: "absent" },
    },
    changes: ["ensure unit named.service", ...named],
  },
  {
    name: "to go",
    said: converged,
    more: { state: "absent" },
    changes: [
      "ensure file named.conf.evenkeel",
      "ensure dns-configuration named",
      "remove dns-zone foobar.com",
      "remove file foobar.com.zone",
    ],
  },
  { name: "gone", said: { ...blank }, more: { state: "absent" }, changes: [] },
];
test.each(table)("$name", ({ said, more, changes }) => expect(shortly(plan(said, more))).toEqual(changes));

test.each([
  ["the day's first on a new day", 2026112003, {}, 2026112101],
  ["the next on the same day", 2026112105, {}, 2026112106],
  ["the next, when asked so", 2026112003, { serial: "increment" } as const, 2026112004],
  ["above what is served", 2026112105, {}, 2026112106],
])("the serial is %s", (_, serial, more, next) => {
  const said = { ...converged, current: text(zoneFile(serial, "192.0.2.9")), served: at(serial) };
  const changes = plan(said, more);
  expect(changes.at(-1)?.after).toEqual({ state: "served", serial: next });
  expect(JSON.stringify(changes[0]?.steps)).toContain(` ${next} 7200`);
});

test("who serves it already, and who takes updates, are left alone", () => {
  expect(() => plan({ ...converged, served: at(1, { file: "/etc/bind/db.foobar" }) })).toThrow(
    /by a statement that is not ours/,
  );
  expect(() => plan({ ...converged, served: at(2026112003, { isDynamic: true }) })).toThrow(/takes updates until now/);
  expect(shortly(plan(converged, { update_keys: ["deploy"] }))).toEqual([ours[1], named[0]]);
});

test("what others wrote into the file is told before it goes", () => {
  const said = { ...converged, current: text("$TTL 1h\n@ SOA ns host 5 1 2 3 4\nwww A 192.0.2.1\n") };
  expect(() => plan(said, { max_deletions: "0" })).toThrow(/3 of 3 records/);
});

test.each<[Partial<ZoneParams>, RegExp]>([
  [{ nameservers: [] }, /needs nameservers/],
  [{ nameservers: ["ns2"] }, /ns2\.foobar\.com\., which has no address/],
  [{ secondaries: ["ns2.example.net"] }, /is not an address/],
  [{ name: "foobar.com/../x" }, /not a name for DNS/],
  [{ update_keys: ["x"], keep_others: true }, /do not go together/],
  [{ soa: { contact: "x", refresh: 1, retry: 1, expire: 1, minimum: 1 } }, /not a mail address/],
])("%j is a mistake", (more, pattern) => {
  expect(() => plan(blank, more)).toThrow(InputError);
  expect(() => plan(blank, more)).toThrow(pattern);
});

describe("laws", () => {
  const states = (said: Said) => Object.values(said);
  const examples = [
    { name: "blank", params, states: states(blank) },
    { name: "converged", params, states: states(converged) },
    { name: "drifted", params, states: states({ ...converged, current: text(zoneFile(2026112003, "192.0.2.9")) }) },
    { name: "absent", params: { ...params, state: "absent" }, states: states(converged) },
    { name: "dynamic", params: { ...params, update_keys: ["deploy"] }, states: states(blank) },
  ];
  for (const { name, check } of moduleLaws(zone, [...everyday, ...kinds], examples)) test(name, check);
});
