import { moduleLaws } from "@evenkeel/conformance";
import type { Change, Observed } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { kinds as everyday } from "@evenkeel/kinds";
import { describe, expect, test } from "vitest";
import { kinds } from "../index.ts";
import { key } from "../key/key.ts";
import { record } from "./record.ts";
import type { RecordSetState } from "./record-set.ts";

const secret = "c2VjcmV0LWtleS1mb3ItdGVzdHM=";
type Params = Parameters<typeof record.observe>[0];
const ownKey = { name: "Deploy", algorithm: "hmac-sha256", secret } as const;
const params: Params = {
  ...({ zone: "a.test", name: "www", type: "A", value: ["192.0.2.1", "192.0.2.2"], state: "present" } as const),
  ...{ server: "127.0.0.1", server_port: 53, servers: [], propagation_timeout: 60 },
  key: ownKey,
};
const there: RecordSetState = { state: "present", ttl: 60, values: ["192.0.2.1", "192.0.2.2"], behind: [] };

function plan(state: RecordSetState, more: Partial<Params> = {}): readonly Change[] {
  const wanted: Params = { ...params, ...more };
  const [query] = record.observe(wanted).asked;
  return record.plan(
    { asked: [{ ...query, state } as Observed<RecordSetState>], current: [], long: [], served: [] },
    wanted,
  );
}

const table: readonly {
  readonly name: string;
  readonly state: RecordSetState;
  readonly more?: Partial<Params>;
  readonly after?: object;
}[] = [
  { name: "as it is to be, whatever its TTL", state: there },
  { name: "in another order", state: there, more: { value: ["192.0.2.2", "192.0.2.1"] } },
  {
    name: "absent",
    state: { state: "absent" },
    after: { state: "present", ttl: 3600, values: ["192.0.2.1", "192.0.2.2"] },
  },
  {
    name: "one value too many",
    state: { ...there, values: ["192.0.2.1", "192.0.2.2", "192.0.2.3"] },
    after: { ttl: 60 },
  },
  { name: "another TTL", state: there, more: { ttl: 61 }, after: { ttl: 61 } },
  { name: "a server is behind", state: { ...there, behind: ["192.0.2.9"] }, after: { state: "present", behind: [] } },
  {
    name: "nobody answers",
    state: { state: "absent", problem: "x" },
    more: { state: "absent" },
    after: { state: "absent" },
  },
  {
    name: "one value goes",
    state: there,
    more: { state: "absent", value: "192.0.2.1" },
    after: { values: ["192.0.2.2"] },
  },
  { name: "gone", state: { state: "absent" }, more: { state: "absent" } },
];
test.each(table)("$name", ({ state, more, after }) => {
  const changes = plan(state, more);
  expect(changes).toHaveLength(after === undefined ? 0 : 1);
  if (after) expect(changes[0]).toMatchObject({ kind: "dns-record", key: "www.a.test. A", after });
});

test("what is undone is what was there, if it is still ours", () => {
  const [change] = plan({ ...there, values: ["192.0.2.9"] });
  expect(change?.steps).toMatchObject([
    { data: { before: ["192.0.2.9"], after: ["192.0.2.1", "192.0.2.2"], ttl: 60 } },
  ]);
  expect(change?.undo).toMatchObject([
    { data: { before: ["192.0.2.1", "192.0.2.2"], after: ["192.0.2.9"], isUndo: true } },
  ]);
});

test.each<[Partial<Params>, RegExp]>([
  [{ type: "CNAME", value: ["a", "b"] }, /can have one CNAME/],
  [{ type: "CNAME", name: "@", value: "a" }, /the zone itself/],
  [{ value: "x" }, /not an IPv4 address/],
  [{ method: "zone_file" }, /a file is not signed/],
  [{ key: { ...ownKey, name: 'x"; };' } }, /not a key's name/],
])("%j is a mistake", (more, pattern) => {
  expect(() => plan({ state: "absent" }, more)).toThrow(InputError);
  expect(() => plan({ state: "absent" }, more)).toThrow(pattern);
});

test("a CNAME stands alone", () => {
  expect(() => plan({ state: "absent", others: ["CNAME"] })).toThrow(/has CNAME: a CNAME stands alone/);
  expect(() => plan({ state: "absent", others: ["TXT"] }, { type: "CNAME", value: "x" })).toThrow(/has TXT/);
});

describe("laws of dns.record", () => {
  const examples = [
    { name: "new", params, states: [{ state: "absent" }] },
    { name: "there", params, states: [there] },
    { name: "gone", params: { ...params, state: "absent" }, states: [there] },
  ];
  for (const { name, check } of moduleLaws(record, [...everyday, ...kinds], examples)) test(name, check);
});

describe("laws of dns.key", () => {
  const gone = { type: "absent" };
  const blank = [
    { state: "absent", manager: "apt" },
    { state: "absent", manager: "systemd" },
    { state: "absent" },
    gone,
    { state: "absent" },
    gone,
  ];
  const examples = [
    { name: "new", params: { name: "deploy", algorithm: "hmac-sha256", secret, state: "present" }, states: blank },
    { name: "gone", params: { name: "deploy", algorithm: "hmac-sha256", state: "absent" }, states: blank },
  ];
  for (const { name, check } of moduleLaws(key, [...everyday, ...kinds], examples)) test(name, check);
});
