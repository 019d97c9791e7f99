import type { InputError } from "@evenkeel/core";
import { expect, test } from "vitest";
import { readYaml } from "../index.ts";

function mistakesIn(text: string): readonly InputError[] {
  try {
    readYaml(text, "x.yml");
    return [];
  } catch (error) {
    return (error as AggregateError).errors as InputError[];
  }
}

test.each([
  { name: "a template", text: "a: {{ b }}\n", says: "1:4 template", hint: 'quote it: a: "{{ b }}"' },
  { name: "a template and text", text: "- a: {{ b }}/c\n", says: "1:6 template", hint: 'quote it: - a: "{{ b }}/c"' },
  {
    name: "a template with quotes",
    text: 'a: {{ b["c"] }}\n',
    says: "1:4 template",
    hint: "quote it: a: '{{ b[\"c\"] }}'",
  },
  { name: "a statement", text: "a: {% if b %}c{% endif %}\n", says: "1:4 template" },
  { name: "two colons", text: "- name: a: b\n", says: "1:10 colon", hint: 'quote it: name: "a: b"' },
  { name: "a key under a value", text: "- copy: src=a\n    dest: b\n", says: "2:9 colon" },
  { name: "no blank after a colon", text: "a:b\nc: d\n", says: "1:2 colon", hint: "a: b" },
  { name: "no blank after a dash", text: "-name: a\n hosts: b\n", says: "1:1 dash" },
  { name: "a tab", text: "a:\n\tb: 1\n", says: "2:1 tab" },
  { name: "text after a quote", text: 'a: "b" in c\n', says: "1:8 after-quote", hint: `quote all of it: '"b" in c'` },
  { name: "a quote in the middle", text: "a: 'it's'\n", says: "1:8 after-quote", hint: `quote all of it: "'it's'"` },
  { name: "a quote that is closed too late", text: 'a: "b\nc: "d"\n', says: "1:4 quote" },
  { name: "a quote that is never closed", text: 'a: "b\nc: d\n', says: "1:4 quote" },
  { name: "a star", text: "a: *.conf\n", says: "1:5 character" },
  { name: "an at sign", text: "a: @b\n", says: "1:4 character" },
  { name: "a path in double quotes", text: 'a: "C:\\path"\n', says: "1:7 escape" },
  { name: "a bracket that is never closed", text: "a: [b, c\n", says: "1:4 closing" },
  { name: "a bracket that is closed too late", text: "a: [b, c\nd: e\n", says: "2:2 closing" },
  { name: "a key that is there twice", text: "a: 1\nb: 2\na: 3\n", says: "3:1 duplicate-key" },
  { name: "a tag", text: "a: !foo b\n", says: "1:4 tag" },
  { name: "a value that does not fit its tag", text: "a: !!int b\n", says: "1:10 value" },
  { name: "a day that does not exist", text: "a: 2023-02-29\n", says: "1:4 value" },
  { name: "an alias to nothing", text: "a: *b\n", says: "1:4 alias" },
  { name: "an alias in what it names", text: "a: &b [*b]\n", says: "1:8 alias" },
  { name: "a merge of a word", text: "a:\n  <<: b\n", says: "2:7 merge" },
  { name: "a control character", text: "a: b\x07\n", says: "1:5 control-character" },
  { name: "a key too far left", text: "a:\n    b: 1\n  c: 2\n", says: "3:3 indentation" },
  { name: "a list as a key", text: "? [a]\n: b\n", says: "1:3 key" },
])("$name", ({ text, says, hint }) => {
  const found = mistakesIn(text);
  expect(found.map(({ place, code }) => `${place?.line}:${place?.column} ${code.replace("yaml/", "")}`)).toEqual([
    says,
  ]);
  if (hint !== undefined) expect(found[0]?.hint).toBe(hint);
});

test("a mistake is shown in its lines", () => {
  const [mistake] = mistakesIn("a: 1\nb:\n\tc: @d\n");
  expect(mistake?.detail).toBe("  1 | a: 1\n  2 | b:\n> 3 | \tc: @d\n    | ^");
  const [other] = mistakesIn("a: 1\nb: @d\n");
  expect(other?.detail).toBe("  1 | a: 1\n> 2 | b: @d\n    |    ^");
});

test("of a long line a part is shown", () => {
  const [mistake] = mistakesIn(`a: "${"b".repeat(5000)}\\q${"c".repeat(5000)}"\n`);
  const [line = "", mark = ""] = mistake?.detail?.split("\n") ?? [];
  expect(line.length).toBeLessThan(200);
  expect(line[mark.indexOf("^")]).toBe("\\");
});

test("all mistakes are told at once, and none that only comes of another", () => {
  const found = mistakesIn(`- hosts: web
  vars:
    one: {{ a }}
    base: &base {b: 1}
    two: c: d
    three: &x e: f
    <<: *base
  tasks:
    - copy: src=a
        dest: b
    - name: x: y
      shell: echo 'hi': there
      when: *x
    - debug:
        msg: "foo" in bar
        msg: twice
    - name: fine
      tags: !nope z
      tags: z
`);
  expect(found.map(({ place, code }) => `${place?.line}:${place?.column} ${code}`)).toEqual([
    "3:10 yaml/template",
    "5:11 yaml/colon",
    "6:16 yaml/colon",
    "10:13 yaml/colon",
    "11:14 yaml/colon",
    "12:23 yaml/colon",
    "15:20 yaml/after-quote",
    "18:13 yaml/tag",
    "19:7 yaml/duplicate-key",
  ]);
});

test("a key that is there twice counts last when asked so", () => {
  expect(readYaml("a: 1\nb: 2\na: 3\n", "x.yml", { duplicateKeys: "last" }).value).toEqual({ a: 3, b: 2 });
});
