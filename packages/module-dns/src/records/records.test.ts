import { InputError } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { quotedStrings, readStrings } from "./character-strings.ts";
import { checkRecords } from "./check-records.ts";
import { ownerName, targetName, zoneName } from "./domain-name.ts";
import { readRecords } from "./read-records.ts";
import type { RecordParams } from "./record-params.ts";

const zone = "foobar.com.";
const read = (record: RecordParams) =>
  readRecords(record, zone, 3600).map(({ name, type, data }) => `${name} ${type} ${data}`);
const check = (...records: RecordParams[]) =>
  checkRecords(
    records.flatMap((each) => readRecords(each, zone, 3600)),
    zone,
  );

test.each([
  ["www", "www.foobar.com."],
  ["@", "foobar.com."],
  ["foobar.com", "foobar.com."],
  ["WWW.Foobar.com", "www.foobar.com."],
  ["www.foobar.com.", "www.foobar.com."],
  ["*.dev", "*.dev.foobar.com."],
  ["_sip._tcp", "_sip._tcp.foobar.com."],
  ["bücher", "xn--bcher-kva.foobar.com."],
  ["notfoobar.com", "notfoobar.com.foobar.com."],
])("the owner %s is %s", (written, name) => expect(ownerName(written, zone)).toBe(name));

test.each([
  ["mail", "mail.foobar.com."],
  ["@", "foobar.com."],
  ["mail.foobar.com", "mail.foobar.com."],
  ["ghs.example.net", "ghs.example.net."],
  ["host.", "host."],
  [".", "."],
])("the target %s is %s", (written, name) => expect(targetName(written, zone)).toBe(name));

test.each([
  "a b",
  'x"',
  "x;y",
  "x\ny",
  "-x",
  "x-",
  "a..b",
  "x".repeat(64),
  "(",
  "$INCLUDE",
  "a.*",
  "\\000",
  "www.example.net.",
])("no owner: %j", (written) => expect(() => ownerName(written, zone)).toThrow(InputError));
test.each(["", ".", "foo bar", "../etc", "a/b", '"'])("no zone: %j", (written) =>
  expect(() => zoneName(written)).toThrow(InputError),
);

test("each type is written in one way", () => {
  expect(read({ name: "a", type: "AAAA", value: "2001:DB8:0:0:0:0:0:1" })).toEqual(["a.foobar.com. AAAA 2001:db8::1"]);
  expect(read({ name: "@", type: "MX", priority: 10, value: "mail" })).toEqual(["foobar.com. MX 10 mail.foobar.com."]);
  expect(read({ name: "@", type: "CAA", tag: "Issue", value: 'a"b' })).toEqual(['foobar.com. CAA 0 issue "a\\"b"']);
  expect(read({ name: "_x._tcp", type: "SRV", priority: 0, weight: 1, port: 2, value: "." })).toEqual([
    "_x._tcp.foobar.com. SRV 0 1 2 .",
  ]);
});

test.each<[RecordParams, RegExp]>([
  [{ name: "a", type: "A", value: "192.0.2" }, /not an IPv4 address/],
  [{ name: "a", type: "AAAA", value: "fe80::1%eth0" }, /not an IPv6 address/],
  [{ name: "a", type: "MX", value: "b" }, /needs priority/],
  [{ name: "a", type: "A", value: "192.0.2.1", port: 1 }, /has no port/],
  [{ name: "a", type: "CAA", tag: "issue", value: "x".repeat(256) }, /at most 255/],
])("%j is refused", (record, pattern) => expect(() => read(record)).toThrow(pattern));

describe("what must not stand beside each other", () => {
  const www = { name: "www", type: "A", value: "192.0.2.1" } as const;
  test.each<[string, RecordParams[], RegExp]>([
    ["a CNAME and an address", [www, { name: "www", type: "CNAME", value: "x" }], /stands alone/],
    ["two CNAMEs", [{ name: "x", type: "CNAME", value: ["a", "b"] }], /can have one/],
    ["a CNAME of the zone", [{ name: "@", type: "CNAME", value: "www" }], /zone itself/],
    ["the same twice", [www, www], /twice/],
    ["two TTLs", [www, { ...www, value: "192.0.2.2", ttl: 1 }], /different TTLs/],
    [
      "MX to a CNAME",
      [www, { name: "m", type: "CNAME", value: "www" }, { name: "@", type: "MX", priority: 1, value: "m" }],
      /is a CNAME/,
    ],
    [
      "NS without an address",
      [
        { name: "sub", type: "NS", value: "ns.sub" },
        { name: "x", type: "NS", value: "ns" },
      ],
      /no address/,
    ],
    ["MX to nothing", [{ name: "@", type: "MX", priority: 1, value: "m" }], /no address/],
  ])("%s", (_, records, pattern) => expect(() => check(...records)).toThrow(pattern));

  test("and what may", () => {
    check(
      www,
      { name: "@", type: "MX", priority: 0, value: "." },
      { name: "*.dev", type: "A", value: "192.0.2.2" },
      { name: "@", type: "MX", priority: 5, value: "a.dev.foobar.com" },
      { name: "sub", type: "NS", value: "ns.sub.foobar.com" },
      { name: "ns.sub", type: "A", value: "192.0.2.3" },
      { name: "_a._tcp", type: "SRV", priority: 1, weight: 1, port: 1, value: "host.sub.foobar.com" },
      { name: "alias", type: "CNAME", value: "elsewhere.example.net" },
    );
  });
});

test("any bytes go into strings and come out again", () => {
  const all = Buffer.from(Array.from({ length: 600 }, (_, at) => at % 256));
  for (const text of [all, Buffer.from(""), Buffer.from('" ; ( ) \\ \n $ORIGIN x. \\000'), Buffer.from("é€😀")]) {
    const written = quotedStrings(text);
    expect(written).toMatch(/^[\x20-\x7e]*$/);
    expect(Buffer.concat(readStrings(written) ?? []).equals(text)).toBe(true);
  }
  expect(quotedStrings("x".repeat(256))).toBe(`"${"x".repeat(255)}" "x"`);
  expect(readStrings('a "b c" d\\"')?.map(String)).toEqual(["a", "b c", 'd"']);
  for (const wrong of ['"', 'a"', '"a" )', "", "a;b", `"${"x".repeat(256)}"`])
    expect(readStrings(wrong)).toBeUndefined();
});
