import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { scopeOf } from "../lab/scope-of.ts";
import type { Environment } from "./engine/environment.ts";
import { EffectRefused } from "./lookups/effect-refused.ts";
import { OMIT } from "./omit.ts";
import { compileExpression, compileTemplate, compileValue, native, nativeIn } from "./templates.ts";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-template-"));
afterAll(() => rmSync(folder, { recursive: true }));
const scope = scopeOf({ name: "web1", list: [3, 1], omit: OMIT });
const resolve = (source: string, environment: Environment = {}) => compileValue(source, environment).resolve(scope);

test("filters, tests, globals and lookups of one's own", () => {
  const environment: Environment = {
    filters: {
      "site.shout": native("value mark?", (value, mark = "!") => `${String(value).toUpperCase()}${String(mark)}`),
      greet: nativeIn("value", (context, value) => `${String(context.variable("name"))}: ${String(value)}`),
    },
    tests: { short: native("value size?", (value, size = 5) => String(value).length < Number(size)) },
    globals: { answer: 42 },
    lookups: { twice: (terms) => terms.flatMap((term) => [term, term]) },
  };
  expect(resolve("{{ name | site.shout }} {{ name | site.shout(mark='?') }}", environment)).toBe("WEB1! WEB1?");
  expect(resolve("{{ 'hello' | greet }}", environment)).toBe("web1: hello");
  expect(resolve("{{ name is short }}", environment)).toBe(true);
  expect(resolve("{{ ['a', 'bbbbbb'] | select('short', 3) | list }}", environment)).toEqual(["a"]);
  expect(resolve("{{ answer + 1 }}", environment)).toBe(43);
  expect(resolve("{{ query('twice', 'x', 'y') }}", environment)).toEqual(["x", "x", "y", "y"]);
  expect(() => resolve("{{ name | site.shout(1, 2) }}", environment)).toThrow(/2 arguments/);
});

test("what is handed in goes before what there is", () => {
  const filters = { upper: native("value", () => "mine") };
  expect(resolve("{{ name | upper }}", { filters })).toBe("mine");
  expect(resolve("{{ name | ansible.builtin.upper }}", { filters })).toBe("WEB1");
});

test("what a render is given goes before what compiling was given", () => {
  const value = compileValue("{{ answer }}", { globals: { answer: 1 } });
  expect(value.resolve(scope)).toBe(1);
  expect(value.resolve(scope, { globals: { answer: 2 } })).toBe(2);
});

test("templates come from the loader, which is told who asks", () => {
  const asked: unknown[] = [];
  const files: Readonly<Record<string, string>> = { "a.j2": "[{% include 'b.j2' %}]", "b.j2": "{{ name }}" };
  const loader: Environment["loader"] = (file, from) => {
    asked.push([file, from]);
    const source = files[file];
    return source === undefined ? undefined : { source, file: `/templates/${file}` };
  };
  expect(compileTemplate("{% include 'a.j2' %}", { loader }).render(scope)).toBe("[web1]");
  expect(asked).toEqual([
    ["a.j2", undefined],
    ["b.j2", "/templates/a.j2"],
  ]);
});

test("where nothing may be done, lookups that do something refuse", () => {
  const isSpeculative = true;
  for (const source of [
    "{{ lookup('pipe', 'echo x') }}",
    "{{ lookup('lines', 'echo x') }}",
    "{{ lookup('url', 'http://127.0.0.1:1/') }}",
    `{{ lookup('password', '${folder}/new') }}`,
    "{{ lookup('pipe', 'echo x') | default('y') }}",
    "{{ lookup('pipe', 'echo x', errors='ignore') }}",
  ]) {
    expect(() => resolve(source, { isSpeculative })).toThrow(EffectRefused);
  }
  expect(() => resolve("{{ lookup('pipe', 'echo x') }}", { isSpeculative })).toThrow(
    expect.objectContaining({ lookup: "pipe" }),
  );
  expect(resolve("{{ lookup('pipe', 'echo x') }}")).toBe("x");
});

test("files are looked for in the directories, in their order", () => {
  writeFileSync(join(folder, "motd"), "hello\n");
  expect(resolve("{{ lookup('file', 'motd') }}", { directories: ["/nowhere", folder] })).toBe("hello");
  expect(() => resolve("{{ lookup('file', 'motd') }}", { directories: ["/nowhere"] })).toThrow(/motd/);
});

test("from_yaml reads with what it is given", () => {
  const readYaml = (text: string) => [{ read: text }];
  expect(resolve("{{ 'a: 1' | from_yaml }}", { readYaml })).toEqual({ read: "a: 1" });
  expect(() => resolve("{{ 'a: 1' | from_yaml }}")).toThrow(/YAML cannot be read/);
});

test("vault works with what it is given", () => {
  const vault: Environment["vault"] = {
    encrypt: (text, secret) => `$ANSIBLE_VAULT;${secret};${text}`,
    decrypt: (text, secret) => text.replace(`$ANSIBLE_VAULT;${secret};`, ""),
    isEncrypted: (text) => text.startsWith("$ANSIBLE_VAULT"),
  };
  expect(resolve("{{ 'x' | vault('s') }}", { vault })).toBe("$ANSIBLE_VAULT;s;x");
  expect(resolve("{{ ('x' | vault('s') | unvault('s')) == 'x' }}", { vault })).toBe(true);
  expect(String(resolve("{{ 'x' | vault('s') | unvault('s') }}", { vault }))).toBe("***");
});

test("omit goes through, and what is omitted is gone from lists and dicts", () => {
  expect(resolve("{{ nope | default(omit) }}")).toBe(OMIT);
  expect(resolve("{{ {'a': 1, 'b': omit} }}")).toEqual({ a: 1 });
  expect(resolve("{{ [1, omit] }}")).toEqual([1]);
});

test("the same source is compiled once", () => {
  const source = `{# ${Math.random()} #}${"{% if name %}{{ name }}{% endif %}".repeat(2000)}`;
  const timed = () => {
    const begun = performance.now();
    compileTemplate(source);
    return performance.now() - begun;
  };
  const first = timed();
  expect(Math.min(timed(), timed(), timed())).toBeLessThan(first / 5);
});

test("an expression may be wrapped as a value is", () => {
  expect(compileExpression("{{ name }}").evaluate(scope)).toBe("web1");
  expect(compileExpression(" name == 'web1' ").evaluate(scope)).toBe(true);
});
