import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { TreeEntry } from "./local-tree.ts";
import { digestOf, manifestOf, parseManifest, statFormat } from "./tree-manifest.ts";

const sum = "ab".repeat(32);
const entries: readonly TreeEntry[] = [
  { path: "d e", kind: "directory", mode: 0o750, size: 0 },
  { path: "d e/a b", kind: "file", mode: 0o4644, size: 3, sha256: sum },
  { path: "l l", kind: "link", mode: 0o777, size: 0, target: "to a b" },
  { path: "é", kind: "file", mode: 0o644, size: 0, sha256: sum },
];
const read = (lines: readonly string[]) => parseManifest(gzipSync(`${lines.join("\n")}\n`));

test("a tree as lines, in the order of bytes", () => {
  expect(manifestOf(entries, {})).toEqual([
    "41e8 - - ./d e",
    "81a4 - - ./é",
    "89a4 - - ./d e/a b",
    "> ./l l to a b",
    "a1ff - - ./l l",
    `${sum}  ./d e/a b`,
    `${sum}  ./é`,
  ]);
});

test("what is written is read again", () => {
  const { entries: back, hasStrangeNames } = read(manifestOf(entries, { owner: "web", group: "www" }));
  expect(hasStrangeNames).toBe(false);
  expect([...back.values()].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
    entries.map((entry) => ({ ...entry, size: 0, owner: "web", group: "www" })),
  );
});

test("a link and its target are told apart by the longest known name", () => {
  const link = (path: string, target: string): TreeEntry => ({ path, kind: "link", mode: 0o777, size: 0, target });
  const { entries: back } = read(manifestOf([link("a", "b c"), link("a b", "c")], {}));
  expect([back.get("a b")?.target, back.get("a")?.target]).toEqual(["c", "b c"]);
});

test.each([
  ["a line feed", ["81a4 - - ./a", "b"]],
  ["a line feed, as sha256sum writes it", [`\\${sum}  ./a\\nb`, "81a4 - - ./a", "b"]],
  ["no UTF-8", ["81a4 - - ./\uFFFD"]],
])("a name with %s is strange", (_name, lines) => {
  expect(read(lines).hasStrangeNames).toBe(true);
});

test("a pipe, a backslash and an empty tree are not", () => {
  expect(read(["11a4 - - ./pipe", "81a4 - - ./a\\b", `\\${sum}  ./a\\\\b`]).hasStrangeNames).toBe(false);
  expect(read([""]).hasStrangeNames).toBe(false);
});

test("owners are only asked for when they matter", () => {
  expect(statFormat({})).toBe("%f - - %n");
  expect(statFormat({ owner: "web" })).toBe("%f %U - %n");
  expect(statFormat({ group: "www" })).toBe("%f - %G %n");
});

test("any difference is another digest", () => {
  const digests = [entries, entries.slice(1), []].map((some) => digestOf(manifestOf(some, {})));
  expect(new Set([...digests, digestOf(manifestOf(entries, { owner: "web" }))]).size).toBe(4);
});
