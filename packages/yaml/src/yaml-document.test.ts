import { expect, test } from "vitest";
import { snippets } from "../corpus/snippets.ts";
import type { YamlDocument } from "./index.ts";
import { readYaml } from "./index.ts";

interface Play {
  readonly vars: { readonly text: string; readonly quoted: string; readonly folded: string; readonly list: string[] };
}

const text = `---
- hosts: web
  vars:
    text: |
      one {{ a }}
        two {{ b }}
    quoted: "x\\t{{ c }} y
      {{ d }}"
    folded: >-
      {{ e }}
      {{ f }}
    list: [a, 'it''s {{ g }}', *]
`.replace(", *]", "]");
const document = readYaml(text, "site.yml");
const [play] = document.value as [Play];

const place = (line: number, column: number) => ({ file: "site.yml", line, column });

test("values, keys and items have places", () => {
  expect(document.place).toEqual(place(2, 1));
  expect(document.placeOf(document.value as object, 0)).toEqual(place(2, 3));
  expect(document.placeOf(play, "hosts")).toEqual(place(2, 10));
  expect(document.keyPlaceOf(play, "vars")).toEqual(place(3, 3));
  expect(document.placeOf(play, "vars")).toEqual(place(4, 5));
  expect(document.placeOf(play.vars, "list")).toEqual(place(12, 11));
  expect(document.placeOf(play.vars.list, 0)).toEqual(place(12, 12));
  expect(document.placeOf(play, "nothing")).toBeUndefined();
  expect(document.placeOf({}, "hosts")).toBeUndefined();
});

test("a string's place is that of its first character", () => {
  expect(document.placeOf(play.vars, "text")).toEqual(place(5, 7));
  expect(document.placeOf(play.vars, "quoted")).toEqual(place(7, 14));
  expect(document.placeOf(play.vars, "folded")).toEqual(place(10, 7));
});

test.each([
  ["a", "text", 5, 11],
  ["b", "text", 6, 13],
  ["c", "quoted", 7, 17],
  ["d", "quoted", 8, 7],
  ["e", "folded", 10, 7],
  ["f", "folded", 11, 7],
] as const)("the place of {{ %s }} within %s", (name, key, line, column) => {
  const index = play.vars[key].indexOf(`{{ ${name}`);
  expect(document.placeOf(play.vars, key, index)).toEqual(place(line, column));
});

test("within an item with doubled quotes", () => {
  const { list } = play.vars;
  expect(document.placeOf(list, 1, list[1]?.indexOf("{{"))).toEqual(place(12, 22));
});

test("an alias is where it stands, and its text where it was anchored", () => {
  const aliased = readYaml("a: &x one {{ b }}\nc: *x\n", "x.yml");
  expect(aliased.placeOf(aliased.value as object, "c")).toEqual({ file: "x.yml", line: 2, column: 4 });
  expect(aliased.placeOf(aliased.value as object, "c", 4)).toEqual({ file: "x.yml", line: 1, column: 11 });
});

test("what is merged is where it was written, and numbers are found as keys", () => {
  const merged = readYaml("a: &x {b: 1, 2: c}\nd:\n  <<: *x\n  b: 3\n", "x.yml");
  const { d } = merged.value as { d: object };
  expect(merged.placeOf(d, 2)).toEqual({ file: "x.yml", line: 1, column: 17 });
  expect(merged.placeOf(d, "b")).toEqual({ file: "x.yml", line: 4, column: 6 });
});

test("in the whole corpus, each letter of each string is where it is said to be", () => {
  let letters = 0;
  for (const { name, text } of snippets) {
    const document = readIfGood(text);
    // An escape is where its backslash is.
    if (document && !text.includes("\\")) letters += checkLetters(document, document.value, text, name);
  }
  expect(letters).toBeGreaterThan(1000);
});

function checkLetters(document: YamlDocument, value: unknown, text: string, name: string): number {
  if (typeof value !== "object" || value === null) return 0;
  const entries = Array.isArray(value)
    ? [...value.entries()]
    : value instanceof Map
      ? [...value]
      : Object.entries(value);
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|[\n\r\x85]/);
  let letters = 0;
  for (const [key, each] of entries) {
    if (typeof each !== "string") letters += checkLetters(document, each, text, name);
    else if (document.placeOf(value, key)) {
      for (const { 0: letter, index } of each.matchAll(/\w/g)) {
        const { line = 0, column = 0 } = document.placeOf(value, key, index) ?? {};
        expect(lines[line - 1]?.[column - 1], `${name}: ${key}[${index}]`).toBe(letter);
        letters++;
      }
    }
  }
  return letters;
}

function readIfGood(text: string): YamlDocument | undefined {
  try {
    return readYaml(text, "x.yml", { duplicateKeys: "last" });
  } catch (error) {
    if (error instanceof AggregateError) return undefined;
    throw error;
  }
}
