import { expect, test } from "vitest";
import type { ResourceRecord } from "../records/resource-record.ts";
import { demandFewDeletions } from "./deletions.ts";
import { isLater, nextSerial } from "./serial.ts";
import type { Zone } from "./zone-text.ts";
import { readZone, zoneText } from "./zone-text.ts";

const record = (name: string, type: ResourceRecord["type"], data: string, ttl = 3600): ResourceRecord => ({
  ...{ name: name === "@" ? "foobar.com." : `${name}.foobar.com.`, type, data, ttl },
});
const zone: Zone = {
  name: "foobar.com.",
  ttl: 3600,
  soa: { primary: "ns1.foobar.com.", contact: "a\\.b.foobar.com.", refresh: 1, retry: 2, expire: 3, minimum: 4 },
  records: [
    record("www", "A", "192.0.2.1", 60),
    record("@", "TXT", '"a\\"; b"'),
    record("@", "NS", "ns1.foobar.com."),
    record("ns1", "A", "192.0.2.2"),
  ],
};

test("a zone is one text in whatever order, and is read again", () => {
  const text = zoneText(zone, 7);
  expect(zoneText({ ...zone, records: zone.records.toReversed() }, 7)).toBe(text);
  expect(text.split("\n").slice(1)).toEqual([
    "$ORIGIN foobar.com.",
    "$TTL 3600",
    "@ IN SOA ns1.foobar.com. a\\.b.foobar.com. 7 1 2 3 4",
    "@ IN NS ns1.foobar.com.",
    '@ IN TXT "a\\"; b"',
    "ns1 IN A 192.0.2.2",
    "www 60 IN A 192.0.2.1",
    "",
  ]);
  const read = readZone(text, zone.name);
  expect(read).toMatchObject({ serial: 7, unread: [] });
  expect(read.zone && zoneText(read.zone, 7)).toBe(text);
});

test("what others wrote is not passed over", () => {
  const foreign =
    "$TTL 1h\n@ IN SOA ns. host. (\n  2024010101 ; serial\n 1 2 3 4 )\nwww A 192.0.2.1\n; only a comment\n";
  expect(readZone(foreign, zone.name)).toEqual({ serial: 2024010101, unread: foreign.split("\n").slice(0, 5) });
  const edited = `${zoneText(zone, 7)}$INCLUDE /etc/more\nftp A 192.0.2.9\n`;
  expect(readZone(edited, zone.name).unread).toEqual(["$INCLUDE /etc/more", "ftp A 192.0.2.9"]);
});

test.each<[readonly number[], string | undefined, number]>([
  [[], "20261121", 2026112101],
  [[2026112101], "20261121", 2026112102],
  [[2026112005], "20261121", 2026112101],
  [[2026112005], undefined, 2026112006],
  [[2026112299, 5], "20261121", 2026112300],
  [[4294967295], undefined, 1],
  [[4000000000], "20261121", 4000000001],
  [[], undefined, 1],
])("after %j on %s comes %d", (seen, day, next) => {
  expect(nextSerial(seen, day)).toBe(next);
  for (const each of seen) if (seen.length === 1) expect(isLater(next, each)).toBe(true);
});

test("deletions are counted: what has another value in its place is none", () => {
  const many = Array.from({ length: 20 }, (_, at) => record(`h${at}`, "A", "192.0.2.1"));
  const demand = (after: readonly ResourceRecord[], allowed: string, unread: readonly string[] = []) =>
    demandFewDeletions("foobar.com", { records: many, unread }, after, allowed);
  demand(
    many.map((each) => ({ ...each, data: "192.0.2.2" })),
    "0",
  );
  demand(many.slice(6), "30%");
  expect(() => demand(many.slice(7), "30%")).toThrow(
    /7 of 20 records of foobar.com would go, and max_deletions allows 6/,
  );
  demand(many.slice(7), "7");
  expect(() => demand(many, "0", ["ftp A 192.0.2.9"])).toThrow(/1 of 21/);
  const few = { records: many.slice(0, 9), unread: [] };
  demandFewDeletions("foobar.com", few, [], "30%");
  expect(() => demandFewDeletions("foobar.com", few, [], "8")).toThrow();
});
