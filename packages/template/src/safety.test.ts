import { InputError } from "@evenkeel/core";
import { describe, expect, test } from "vitest";
import { scopeOf } from "../lab/scope-of.ts";
import { compileTemplate, compileValue } from "./templates.ts";

const data = { d: { a: 1 }, l: [1, 2], s: "text", n: 5, nested: { deep: [{ x: 1 }] } };

const escapes = `
{{ ''.constructor }}
{{ ''['constructor'] }}
{{ s.constructor.constructor('return process')() }}
{{ [].constructor }}
{{ l['constructor'] }}
{{ {}.constructor }}
{{ d.constructor }}
{{ d['constructor'] }}
{{ d.__proto__ }}
{{ d['__proto__'] }}
{{ d.prototype }}
{{ nested.deep[0].constructor }}
{{ n.constructor }}
{{ 1.5.constructor }}
{{ true.constructor }}
{{ none.constructor }}
{{ (1, 2).constructor }}
{{ range.constructor('return 1')() }}
{{ range.call }}
{{ range.bind }}
{{ range(3).constructor }}
{{ lookup.constructor('return process')() }}
{{ lookup.__globals__ }}
{{ cycler.__init__.__globals__ }}
{{ cycler('a').constructor }}
{{ joiner.prototype }}
{{ namespace(a=1).constructor }}
{{ namespace(a=1).__proto__ }}
{{ self.constructor }}
{{ self._TemplateReference__context }}
{{ ''.__class__ }}
{{ ''.__class__.__mro__ }}
{{ [].__class__.__base__.__subclasses__() }}
{{ d.toString() }}
{{ d.valueOf() }}
{{ d.hasOwnProperty('a') }}
{{ s.toString }}
{{ s.length }}
{{ s.charCodeAt(0) }}
{{ s.at(0) }}
{{ l.length }}
{{ l.map }}
{{ l.push(3) }}
{{ l['push'] }}
{{ l['__proto__'] }}
{{ l['-1'] }}
{{ n.toFixed(2) }}
{{ now().constructor }}
{{ now().getTime() }}
{{ d | attr('constructor') }}
{{ d | attr('__proto__') }}
{{ s | attr('constructor') }}
{{ [d] | map(attribute='constructor') | list }}
{{ [d] | map(attribute='__proto__.polluted') | list }}
{{ '__proto__' | extract(d) }}
{{ ['constructor', 'name'] | map('extract', d) | list }}
{{ '{0.constructor}'.format(s) }}
{{ '{0.__class__}'.format(s) }}
{{ '{x.constructor.constructor}'.format(x=l) }}
{{ '{x[constructor]}'.format(x=d) }}
{{ '%(constructor)s' % d }}
{{ s | constructor }}
{{ s | __proto__ }}
{{ s | toString }}
{{ s is constructor }}
{{ lookup('constructor') }}
{{ lookup('__proto__') }}
{{ lookup('vars', 'constructor') }}
{{ [s] | map('constructor') | list }}
{{ [s] | select('__proto__') | list }}
{{ constructor }}
{{ __proto__ }}
{{ toString }}
{{ process }}
{{ globalThis }}
{{ require('fs') }}
{{ this }}
{{ arguments }}
{{ context }}
{{ frame }}
{{ d[l] }}
{{ d[d] }}
{% macro m() %}{% endmacro %}{{ m.constructor }}
{% macro m() %}{{ caller.constructor }}{% endmacro %}{% call m() %}{% endcall %}
{% macro m() %}{{ kwargs.constructor }}{% endmacro %}{{ m(a=1) }}
{% for i in l %}{{ loop.constructor }}{% endfor %}
{% for i in l %}{{ loop['#iterator'] }}{% endfor %}
{% import 'x' as x %}{{ x.constructor }}
{% set ns = namespace() %}{{ ns.hasOwnProperty }}
{% set d.__proto__ = 1 %}
`
  .trim()
  .split("\n");

describe("no way from a template to JavaScript", () => {
  const environment = { loader: (name: string) => ({ source: "{% set y = 1 %}", file: name }) };

  test.each(escapes)("%s", (source) => {
    expect(() => compileTemplate(`${source}|`, environment).render(scopeOf(data))).toThrow(InputError);
  });

  test("there are fifty ways, and more", () => expect(escapes.length).toBeGreaterThan(50));
});

describe("names that mean something to JavaScript are nothing but names", () => {
  test.each([
    ["{{ {'__proto__': {'polluted': 1}} }}", "{'__proto__': {'polluted': 1}}"],
    ["{{ d | combine({'__proto__': {'polluted': 1}}) }}", "{'a': 1, '__proto__': {'polluted': 1}}"],
    [
      `{{ d | combine('{"__proto__": {"polluted": 1}}' | from_json, recursive=true) }}`,
      "{'a': 1, '__proto__': {'polluted': 1}}",
    ],
    ["{{ [{'key': '__proto__', 'value': {'polluted': 1}}] | items2dict }}", "{'__proto__': {'polluted': 1}}"],
    ["{{ dict(__proto__={'polluted': 1}) }}", "{'__proto__': {'polluted': 1}}"],
    ["{% set x = {} %}{% set _ = x.update({'__proto__': {'polluted': 1}}) %}{{ x }}", "{'__proto__': {'polluted': 1}}"],
    ["{% set x = {} %}{{ x.setdefault('__proto__', 5) }}{{ x }}", "5{'__proto__': 5}"],
    ["{% set _ = d.update({'__proto__': {'polluted': 1}}) %}{{ d }}", "{'a': 1, '__proto__': {'polluted': 1}}"],
    ["{% set constructor = 1 %}{{ constructor }}", "1"],
    ["{% set __proto__ = 1 %}{{ __proto__ }}", "1"],
    ["{% for toString in l %}{{ toString }}{% endfor %}", "12"],
    ["{% macro constructor(x) %}{{ x }}{% endmacro %}{{ constructor(1) }}", "1"],
    ["{{ {'constructor': 1}.constructor }} {{ {'length': 2}.length }}", "1 2"],
  ])("%s", (source, printed) => {
    expect(compileTemplate(`${source}|`).render(scopeOf(data))).toBe(`${printed}|`);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("a native dict with such a key is a plain object with an own property", () => {
    const value = compileValue("{{ {'__proto__': {'polluted': 1}} }}").resolve(scopeOf({})) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

test("a text in data is never a template", () => {
  const hostile = { said: "{{ 1 + 1 }}", list: ["{% set x = 1 %}"], name: "{{ said }}" };
  expect(compileValue("{{ said }}").resolve(scopeOf(hostile))).toBe("{{ 1 + 1 }}");
  expect(compileValue("a {{ said }} {{ list }}").resolve(scopeOf(hostile))).toBe("a {{ 1 + 1 }} ['{% set x = 1 %}']");
  expect(compileValue("{{ lookup('vars', 'name') }}").resolve(scopeOf(hostile))).toBe("{{ said }}");
  expect(compileValue("{{ lookup('items', said) }}").resolve(scopeOf(hostile))).toBe("{{ 1 + 1 }}");
  expect(compileValue("{{ list | map('regex_replace', 'x', said) | first }}").resolve(scopeOf(hostile))).toBe(
    "{% set {{ 1 + 1 }} = 1 %}",
  );
});

test("what a template changes in place is its own copy", () => {
  const own = { l: [1, [2]], d: { a: { b: 1 } } };
  const source = "{% do l.append(3) %}{% do l[1].append(4) %}{% do d.a.update({'c': 5}) %}{{ l }} {{ d }}";
  expect(compileTemplate(source).render(scopeOf(own))).toBe("[1, [2, 4], 3] {'a': {'b': 1, 'c': 5}}");
  expect(compileTemplate("{% set x = l %}{% for y in [x] %}{% do y.clear() %}{% endfor %}").render(scopeOf(own))).toBe(
    "",
  );
  expect(own).toEqual({ l: [1, [2]], d: { a: { b: 1 } } });
});
