import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inlineValues, replaceInlineValues, toInlineValue } from "./inline-values.ts";

const yaml = readFileSync(new URL("../fixtures/inline.yml", import.meta.url), "utf8");
const age = readFileSync(new URL("../fixtures/age.txt", import.meta.url), "utf8");

test("the encrypted values are found, with their lines, and no others", () => {
  expect(inlineValues(yaml).map(({ line, indent, text }) => [line, indent.length, text.split("\n")[0]])).toEqual([
    [2, 10, "$ANSIBLE_VAULT;1.2;AES256;prod"],
    [12, 6, "-----BEGIN AGE ENCRYPTED FILE-----"],
  ]);
  expect(inlineValues(yaml)[1]?.text).toBe(age);
});

test("they can be replaced, and everything else stays", () => {
  expect(replaceInlineValues(yaml, ({ line }) => `"value ${line}"`)).toBe(`user: shop
db_password: "value 2"
# old: !vault |
#          $ANSIBLE_VAULT;1.2;AES256;prod
keys:
  - "value 12"
last: "!vault | is no tag here"
`);
});

test("written as they were, the file is as it was, but for the block's own marks", () => {
  const same = replaceInlineValues(yaml, ({ text, indent }) => toInlineValue(text, indent));
  expect(same).toBe(yaml.replace("|-  # age", "|"));
});

test("a value at the very end, and one with Windows line ends", () => {
  const values = (text: string) => inlineValues(text).map((value) => value.text);
  const expected = ["$ANSIBLE_VAULT;1.1;AES256\n3132\n"];
  expect(values("a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3132")).toEqual(expected);
  expect(values("a: !vault |\r\n  $ANSIBLE_VAULT;1.1;AES256\r\n  3132\r\nb: 1\r\n")).toEqual(expected);
});

test("other things that are tagged or look alike are left alone", () => {
  for (const text of ["a: !vault |\n  plain text\n", "a: |\n  $ANSIBLE_VAULT;1.1;AES256\n", "a: !vault |\nb: 1\n"]) {
    expect(inlineValues(text)).toEqual([]);
  }
});
