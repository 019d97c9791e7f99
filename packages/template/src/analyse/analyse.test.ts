import { expect, test } from "vitest";
import { analyse } from "./analyse.ts";
import type { Analysis } from "./analysis.ts";

type Kind = "template" | "value" | "expression";

/** Variables as `name.path`, with `?` when it does no harm that they are not there. */
const variables = (source: string, kind: Kind = "value") =>
  analyse(source, kind).variables.map(({ name, path, isPathGuarded }) =>
    [name, ...path].join(".").concat(isPathGuarded ? "?" : ""),
  );

const names = (uses: Analysis["filters"]) => uses.map(({ name }) => name);

test.each<[string, Kind, readonly string[]]>([
  ["plain text", "value", []],
  ["{{ a }} and {{ b.c }}", "value", ["a", "b.c"]],
  ["{{ a['b'][0].c }}", "value", ["a.b.0.c"]],
  ["{{ a[key].b }}", "value", ["a", "key"]],
  ["a.rc == 0 and b", "expression", ["a.rc", "b"]],
  ["{{ a }}", "expression", ["a"]],
  ["{{ [a, b] + [{'k': c}] }}", "value", ["a", "b", "c"]],
  ["{{ f(a, b=c, *d, **e) }}", "value", ["f", "a", "c", "d", "e"]],
  ["{{ a if b else c }}", "value", ["b", "a", "c"]],
  ["{{ a | join(b) }}", "value", ["a", "b"]],
  ["{{ a is in b }}", "value", ["a", "b"]],
  ["{{ a[b:c] }}", "value", ["a", "b", "c"]],
  ["{{ range(3) | list }}{{ now() }}{{ lookup('env', a) }}", "value", ["a"]],
])("%j: the variables", (source, kind, expected) => {
  expect(variables(source, kind)).toEqual(expected);
});

test.each<[string, readonly string[]]>([
  ["{{ a | default('x') }}", ["a?"]],
  ["{{ a.b.c | default('x') }}", ["a.b.c?"]],
  ["{{ a | d(b) }}", ["a?", "b"]],
  ["{{ a | default(b) | default('x') }}", ["a?", "b?"]],
  ["{{ a is defined }}", ["a?"]],
  ["{{ a is defined and a.b }}", ["a?", "a.b"]],
  ["{{ a.b is defined and a.b.c }}", ["a.b?", "a.b.c"]],
  ["{{ a is not defined or a == 1 }}", ["a?", "a?"]],
  ["{{ a if a is defined else b }}", ["a?", "a?", "b"]],
  ["{% if a is defined %}{{ a }}{% endif %}{{ a }}", ["a?", "a?", "a"]],
  ["{% if a is defined %}{% for i in a %}{{ i }}{% endfor %}{% endif %}", ["a?", "a?"]],
  ["{% if a is undefined %}x{% else %}{{ a }}{% endif %}", ["a?", "a?"]],
  ["{{ a.b if 'b' in a else '' }}", ["a", "a.b"]],
  ["{{ (a | default({})).b | default('') }}", ["a?"]],
  ["{{ users | map(attribute='x') | map('default', 1) | list }}", ["users?"]],
  ["{{ a is mapping and a.b }}", ["a", "a.b"]],
])("%j: whether they may be missing", (source, expected) => {
  expect(variables(source)).toEqual(expected);
});

test("a part that is missing is another thing than a variable that is", () => {
  const [, use] = analyse("a is defined and a.b", "expression").variables;
  expect(use).toMatchObject({ name: "a", path: ["b"], isGuarded: true, isPathGuarded: false });
});

test.each<[string, readonly string[]]>([
  ["{% set x = a %}{{ x }}", ["a?"]],
  ["{{ x }}{% set x = 1 %}", ["x"]],
  ["{% for k, v in a.items() %}{{ k }}{{ v }}{{ loop.index }}{% endfor %}{{ k }}", ["a.items", "k"]],
  ["{% for i in a if i.on and b %}{{ i }}{% else %}{{ i }}{% endfor %}", ["a", "b", "i"]],
  ["{% macro m(x, y=a) %}{{ x }}{{ y }}{{ z }}{{ varargs }}{% endmacro %}{{ m(b) }}", ["a", "z", "b"]],
  ["{% macro m() %}{{ later }}{% endmacro %}{% set later = 1 %}{{ m() }}", []],
  ["{% call(u) m() %}{{ u }}{{ v }}{% endcall %}", ["m", "v"]],
  ["{% with x = a, y = 2 %}{{ x + y }}{% endwith %}{{ y }}", ["a", "y"]],
  ["{% set ns = namespace(n=a) %}{% set ns.n = b %}{{ ns.n }}", ["a", "b?"]],
  ["{% set x %}{{ a }}{% endset %}{{ x }}", ["a"]],
  ["{% filter upper %}{{ a }}{% endfilter %}", ["a"]],
  ["{% if c %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}", ["c"]],
  ["{% import 'm' as m %}{% from 'm' import f, g as h %}{{ m.x }}{{ f() }}{{ h() }}{{ g }}", ["g"]],
  ["{% block b %}{{ a }}{{ super() }}{{ self.b() }}{% endblock %}", ["a"]],
  ["{% do a.append(b) %}", ["a.append", "b"]],
  ["{% raw %}{{ a }}{% endraw %}{# {{ b }} #}", []],
])("%j: names of its own are none", (source, expected) => {
  expect(variables(source, "template")).toEqual(expected);
});

test("filters, tests, lookups, globals and templates, also where they are named in texts", () => {
  const source = `{{ a | map('upper') | select('match', 'x') | selectattr('on', 'defined') | join | ansible.builtin.b64encode }}
{{ a is version('1', '>') }}{{ lookup('file', 'x') }}{{ query('community.general.dig', 'y') }}{{ lookup(a) }}{{ now() }}
{% include ['one.j2', 'two.j2'] %}{% include 'three.j2' ignore missing %}{% extends 'base.j2' %}{% include a %}
{% from 'macros.j2' import m %}{% filter indent %}{% endfilter %}`;
  const found = analyse(source, "template");
  expect(names(found.filters)).toEqual([
    "ansible.builtin.b64encode",
    "join",
    "selectattr",
    "select",
    "map",
    "upper",
    "indent",
  ]);
  expect(names(found.tests)).toEqual(["match", "defined", "version"]);
  expect(names(found.lookups)).toEqual(["file", "community.general.dig"]);
  expect(names(found.globals)).toEqual(["lookup", "query", "lookup", "now"]);
  expect(found.templates.map(({ name, how, isOptional }) => [name, how, isOptional])).toEqual([
    ["one.j2", "include", true],
    ["two.j2", "include", true],
    ["three.j2", "include", true],
    ["base.j2", "extends", false],
    ["macros.j2", "import", false],
  ]);
});

test("everything is where it is written", () => {
  const place = { file: "site.yml", line: 5, column: 9 };
  const {
    variables: [a, b],
    filters: [upper],
  } = analyse("{{ a }}\n  {{ b | upper }}", "value", { place });
  expect(a).toMatchObject({ line: 1, column: 4, place: { file: "site.yml", line: 5, column: 12 } });
  expect(b).toMatchObject({ line: 2, column: 6, place: { file: "site.yml", line: 6, column: 6 } });
  expect(upper).toMatchObject({ name: "upper", line: 2, column: 10 });
  const [headed] = analyse("#jinja2: trim_blocks: False\n{{ a }}", "template").variables;
  expect(headed).toMatchObject({ line: 2, column: 4 });
});

test("globals of one's own are no variables", () => {
  const { variables: found, globals } = analyse("{{ mine(a) }}", "value", { globals: { mine: 1 } });
  expect([names(found), names(globals)]).toEqual([["a"], ["mine"]]);
});

test("a mistake in how it is written is thrown with its place", () => {
  const place = { file: "site.yml", line: 5, column: 9 };
  expect(() => analyse("{{ a b }}", "value", { place })).toThrow(
    expect.objectContaining({ code: "template/syntax", place: { file: "site.yml", line: 5, column: 14 } }),
  );
});
