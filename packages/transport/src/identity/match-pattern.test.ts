import { expect, test } from "vitest";
import { foldCase, matchPattern, matchPatternList } from "./match-pattern.ts";

test.each([
  ["web-1", "web-1", true],
  ["web-1", "web-*", true],
  ["web-1", "web-?", true],
  ["web-12", "web-?", false],
  ["web-1", "*", true],
  ["", "*", true],
  ["", "?", false],
  ["a.b.c", "*.b.*", true],
  ["aaab", "a*ab", true],
  ["aaac", "a*ab", false],
  ["[10.0.0.1]:2222", "[10.0.0.*]:2222", true],
  ["web.1", "web-1", false],
])("%s against %s: %s", (text, pattern, expected) => {
  expect(matchPattern(text, pattern)).toBe(expected);
});

test("many stars take no more than text times pattern", () => {
  expect(matchPattern("a".repeat(5_000), `${"*a".repeat(200)}b`)).toBe(false);
});

test.each([
  ["web", "db,web", true],
  ["web", "db,!web", false],
  ["web", "*,!web", false],
  ["web", "!web,*", false],
  ["web", "!db", false],
  ["web", "WEB", true],
  ["Web", "web", false],
  ["web", "", false],
  ["web", `${"x".repeat(1100)},web`, false],
])("%s in the list %s: %s", (text, patterns, expected) => {
  expect(matchPatternList(text, patterns)).toBe(expected);
});

test("only ASCII letters are folded", () => {
  expect(foldCase("WEB İ É")).toBe("web İ É");
});
