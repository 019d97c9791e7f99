import { expect, test } from "vitest";
import { isSince, linesFor, linesOf, textFor } from "./nginx-text.ts";

test.each([
  ["1.25.1", "1.25.1", true],
  ["1.25.0", "1.25.1", false],
  ["1.26.3-3+deb13u1", "1.25.1", true],
  ["1.9.9", "1.10", false],
  ["3.5", "3.5.0", true],
  [undefined, "9", true],
] as const)("%s is at least %s: %s", (version, wanted, is) => {
  expect(isSince(version, wanted)).toBe(is);
});

test("a host gets the lines that are right for it", () => {
  const text = [
    { text: "new;", when: { since: "1.25.1" } },
    { text: "old;", when: { before: "1.25.1" } },
    { text: "six;", when: { hasIpv6: true } },
    { text: "crypto;", when: { opensslSince: "3.5" } },
    { text: "all;" },
  ] as const;
  expect(textFor(text, { version: "1.22.1", openssl: "3.0.1", hasIpv6: false })).toBe("old;\nall;\n");
  expect(textFor(text, { version: "1.30.6", openssl: "3.5.4", hasIpv6: true })).toBe("new;\nsix;\ncrypto;\nall;\n");
  expect(textFor(text, {})).toBe("new;\nsix;\ncrypto;\nall;\n");
});

test("each line of a text knows where it was written", () => {
  expect(linesOf("a;\n\nb;\n", "raw")).toEqual([
    { text: "a;", from: "raw, line 1" },
    { text: "", from: "raw, line 2" },
    { text: "b;", from: "raw, line 3" },
  ]);
  expect(linesFor(linesOf("a;", "raw"), {})).toHaveLength(1);
});
