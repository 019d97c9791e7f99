import { InputError } from "@evenkeel/core";
import { expect, test } from "vitest";
import { blockIn, withBlock } from "../bind/our-configuration.ts";
import { keyName, zoneStatement } from "./zone-statement.ts";

const plain = { file: "/var/lib/bind/a.zone", allowTransfer: [], alsoNotify: [], updateKeys: [] };

test("who may do what is said in full", () => {
  const lists = {
    allowTransfer: ["192.0.2.0/24", "key Mirror", "!2001:db8::1"],
    alsoNotify: ["192.0.2.1 port 5353"],
    updateKeys: ["deploy"],
  };
  expect(zoneStatement("a.test", plain)).toContain("allow-transfer { none; };");
  expect(
    zoneStatement("a.test", { ...plain, ...lists })
      .split("\n")
      .slice(3, 6),
  ).toEqual([
    '\tallow-transfer { 192.0.2.0/24; key "mirror"; !2001:db8::1; };',
    "\talso-notify { 192.0.2.1 port 5353; };",
    '\tupdate-policy { grant "deploy" zonesub ANY; };',
  ]);
});

test.each(["any; }; zone x {", 'key a"b', "192.0.2.1;", "a b", "192.0.2.1\n", ""])("no entry of a list: %j", (word) => {
  expect(() => zoneStatement("a.test", { ...plain, allowTransfer: [word] })).toThrow(InputError);
  expect(() => zoneStatement("a.test", { ...plain, alsoNotify: [word] })).toThrow(InputError);
  expect(() => keyName(`${word};`)).toThrow(InputError);
});

test("blocks come, change and go without touching each other", () => {
  const two = withBlock(withBlock("# head\n", "zone a.test", "A"), "zone aa.test", "AA");
  expect(withBlock(two, "zone a.test", "new")).toBe(
    "# head\n# zone a.test\nnew\n# end of zone a.test\n# zone aa.test\nAA\n# end of zone aa.test\n",
  );
  expect(withBlock(two, "zone aa.test", undefined)).toBe("# head\n# zone a.test\nA\n# end of zone a.test\n");
  expect(withBlock(two, "zone b.test", undefined)).toBe(two);
  expect(blockIn(two, "zone aa.test")).toBe("AA\n");
});
