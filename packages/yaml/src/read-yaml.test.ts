import { InputError } from "@evenkeel/core";
import { expect, test } from "vitest";
import { mutations } from "../corpus/mutations.ts";
import type { Timestamp } from "./index.ts";
import { readYaml, readYamlDocuments, UnsafeText, Vaulted } from "./index.ts";

const read = (text: string) => readYaml(text, "x.yml").value;

test("nothing is null", () => {
  expect(readYaml("", "x.yml")).toMatchObject({ value: null, place: { file: "x.yml", line: 1, column: 1 } });
});

test("integers that a number cannot hold are exact", () => {
  expect(read("[9007199254740991, 9007199254740993, -0x20000000000001]")).toEqual([
    9007199254740991,
    9007199254740993n,
    -9007199254740993n,
  ]);
});

test("floats are what the caller makes of them", () => {
  const types = { float: (value: number) => ({ float: value }) };
  expect(readYaml("- 1\n- 1.0\n- 1e3\n", "x.yml", { types }).value).toEqual([1, { float: 1 }, "1e3"]);
  expect(readYaml("[1, 1.0, 1e3]", "x.json", { types }).value).toEqual([1, { float: 1 }, { float: 1000 }]);
  expect(read("[1.0]")).toEqual([1]);
});

test("days and moments print as Python prints them", () => {
  const [day, moment] = read("[2024-02-29, 2001-12-14t21:59:43.10-05:00]") as [Timestamp, Timestamp];
  expect([String(day), JSON.stringify(day)]).toEqual(["2024-02-29", '"2024-02-29"']);
  expect(String(moment)).toBe("2001-12-14 21:59:43.100000-05:00");
  expect(JSON.stringify(moment)).toBe('"2001-12-14T21:59:43.100000-05:00"');
});

test("what is encrypted stays so, with its label and its place", () => {
  const { password } = read("password: !vault |\n  $ANSIBLE_VAULT;1.2;AES256;prod\n  6162\n") as { password: Vaulted };
  expect(password).toBeInstanceOf(Vaulted);
  expect(password).toEqual({
    ciphertext: "$ANSIBLE_VAULT;1.2;AES256;prod\n6162\n",
    label: "prod",
    place: { file: "x.yml", line: 1, column: 18 },
  });
});

test("what is unsafe is marked, within lists and mappings too", () => {
  expect(read("a: !unsafe ['{{ b }}', {c: d}]\ne: f\n")).toEqual({
    a: [new UnsafeText("{{ b }}"), { c: new UnsafeText("d") }],
    e: "f",
  });
});

test("a mapping is an object, or a Map where an object would lose the order or the kind of its keys", () => {
  expect(read("b: 1\na: 2\n")).toEqual({ b: 1, a: 2 });
  expect(read("443: a\n80: b\nx: c\n")).toEqual(
    new Map<unknown, string>([
      [443, "a"],
      [80, "b"],
      ["x", "c"],
    ]),
  );
  expect(read("'443': a\n'80': b\n")).toEqual(
    new Map([
      ["443", "a"],
      ["80", "b"],
    ]),
  );
});

test("no key reaches an object's prototype", () => {
  const value = read("__proto__: {polluted: true}\nx: 1\n");
  expect(value).toBeInstanceOf(Map);
  expect((value as Map<string, unknown>).get("__proto__")).toEqual({ polluted: true });
  expect({}).not.toHaveProperty("polluted");
  expect(read("a: &x {__proto__: 1}\nb: {<<: *x}\n")).toEqual({
    a: new Map([["__proto__", 1]]),
    b: new Map([["__proto__", 1]]),
  });
});

test("aliases are the same value", () => {
  const { a, b } = read("a: &x [1]\nb: *x\n") as { a: unknown; b: unknown };
  expect(a).toBe(b);
});

test("a document after another is read only when several are asked for", () => {
  expect(readYamlDocuments("a: 1\n---\n- b\n---\n", "x.yml").map(({ value }) => value)).toEqual([
    { a: 1 },
    ["b"],
    null,
  ]);
  expect(readYamlDocuments("", "x.yml")).toEqual([]);
  expect(() => read("a: 1\n---\nb: 2\n")).toThrow("a second document");
});

test("JSON that YAML's grammar has no reading for is read all the same", () => {
  expect(read(`{"a"\n: 12345678901234567890, "${"k".repeat(2000)}": 1}`)).toEqual({
    a: 12345678901234567890n,
    ["k".repeat(2000)]: 1,
  });
});

test("aliases to aliases are refused before they can fill the memory", () => {
  const levels = Array.from({ length: 30 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}]`);
  const bomb = ["l0: &l0 x", ...levels].join("\n");
  const before = performance.now();
  expect(codes(bomb)).toEqual(["yaml/alias-bomb"]);
  expect(performance.now() - before).toBeLessThan(10_000);
});

test("many levels are refused before they can fill the stack", () => {
  expect(codes("[".repeat(100_000))).toEqual(["yaml/depth"]);
  expect(codes("- ".repeat(100_000))).toEqual(["yaml/depth"]);
});

test("a long text takes time that grows with its length alone", () => {
  const task = '    - name: "do {{ it }}"\n      copy: {src: a, dest: b, mode: 0644}\n      notify: [reload]\n';
  const playbook = `- hosts: all\n  tasks:\n${task.repeat(5000)}`;
  const before = performance.now();
  const [play] = read(playbook) as [{ tasks: unknown[] }];
  expect(play.tasks).toHaveLength(5000);
  expect(performance.now() - before).toBeLessThan(20_000);
});

test("whatever is cut off or put in, the answer is a value or mistakes with places", () => {
  for (const text of mutations(4000)) {
    expect(() => readOrMistakes(text), JSON.stringify(text)).not.toThrow();
  }
});

function readOrMistakes(text: string): void {
  try {
    readYamlDocuments(text, "x.yml");
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    expect(error.errors).not.toEqual([]);
    for (const each of error.errors as InputError[]) {
      expect(each).toBeInstanceOf(InputError);
      const { line = 0, column = 0 } = each.place ?? {};
      expect(Math.min(line, column)).toBeGreaterThan(0);
      expect(line).toBeLessThanOrEqual(text.split(/\r\n|[\n\r\x85\u2028\u2029]/).length);
    }
  }
}

function codes(text: string): readonly string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    return ((error as AggregateError).errors as InputError[]).map(({ code }) => code);
  }
}
