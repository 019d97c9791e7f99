import { expect, test } from "vitest";
import { compareVersions } from "./compare-versions.ts";
import { isWished, parsePackageSpec } from "./version-wish.ts";

/** dpkg --compare-versions says the same of each. */
test.each([
  ["1.0", "1.0", 0],
  ["1.0~rc1", "1.0", -1],
  ["1.0", "1.0-1", -1],
  ["1.10", "1.9", 1],
  ["1:0.1", "9", 1],
  ["2.41-12+deb13u1", "2.41-12", 1],
  ["1.0a", "1.0+", -1],
  ["1.0~", "1.0~~", 1],
  ["0010", "10", 0],
  ["12345678901234567890", "12345678901234567891", -1],
])("%s against %s: %i", (one, other, order) => {
  expect(Math.sign(compareVersions(one, other))).toBe(order);
  expect(Math.sign(compareVersions(other, one))).toBe(order === 0 ? 0 : -order);
});

test.each([
  ["nginx", { name: "nginx" }],
  [" nginx=1.2* ", { name: "nginx", wish: { relation: "=", version: "1.2*" } }],
  ["nginx>=1.2", { name: "nginx", wish: { relation: ">=", version: "1.2" } }],
  ["libc6:i386", { name: "libc6:i386" }],
])("%s", (spec, parsed) => expect(parsePackageSpec(spec)).toEqual(parsed));

test.each(["nginx=", "nginx=1=2"])("%s is refused", (spec) => {
  expect(() => parsePackageSpec(spec)).toThrow(expect.objectContaining({ code: "package/version" }));
});

test.each([
  ["1.26.3-3", "1.26*", true],
  ["1.26.3-3", "1.26", false],
  ["1.26.3-3", "1.26.?-3", true],
  ["1.26+x", "1.26+[xy]", true],
  ["1.26+z", "1.26+[!xy]", true],
])("%s is wished by =%s: %s", (version, wish, isIt) =>
  expect(isWished(version, { relation: "=", version: wish })).toBe(isIt),
);
