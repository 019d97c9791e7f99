import { InputError } from "@evenkeel/core";
import { expect, test } from "vitest";
import { scopeOf } from "../lab/scope-of.ts";
import type { Environment } from "./engine/environment.ts";
import { compileTemplate } from "./templates.ts";

const cycle: { self?: unknown } = {};
cycle.self = cycle;
const files: Readonly<Record<string, string>> = {
  self: "{% include 'self' %}",
  parent: "{% extends 'parent' %}",
  module: "{% import 'module' as m %}",
};
const environment: Environment = {
  loader: (name) => (files[name] === undefined ? undefined : { source: files[name], file: name }),
  limits: { steps: 200_000 },
};

const deep = (open: string, close: string, count = 50_000) => `{{ ${open.repeat(count)}1${close.repeat(count)} }}`;

test.each([
  ["a long text", "{{ 'a' * 10 ** 9 }}"],
  ["a long list", "{{ [0] * 10 ** 9 }}"],
  ["a big number", "{{ 10 ** (10 ** 7) }}"],
  ["shifted bits", "{{ (1).__lshift__(10 ** 9) }}{{ ('a' * 10 ** 8) }}"],
  ["padding", "{{ 'a'.ljust(10 ** 9) }}"],
  ["centering", "{{ 'a' | center(10 ** 9) }}"],
  ["% and a width", "{{ '%1000000000d' % 1 }}"],
  ["% and a width from a value", "{{ '%*d' % (10 ** 9, 1) }}"],
  ["format and a width", "{{ '{:1000000000}'.format(1) }}"],
  ["a range as a list", "{{ range(10 ** 9) | list }}"],
  ["a range as a sum", "{{ range(10 ** 9) | sum }}"],
  ["a loop without end", "{% for i in range(10 ** 9) %}{% endfor %}"],
  ["loops in loops", "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}"],
  ["a filter over and over", "{{ range(10 ** 6) | map('string') | list | length }}"],
  ["printing without end", "{% for i in range(99999) %}{{ 'x' * 100000 }}{% endfor %}"],
  [
    "a text that doubles",
    "{% set ns = namespace(x='ab') %}{% for i in range(64) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
  ],
  [
    "a text that is added",
    "{% set ns = namespace(x='ab') %}{% for i in range(64) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
  ],
  [
    "a list that doubles",
    "{% set ns = namespace(x=[1]) %}{% for i in range(64) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
  ],
  [
    "a list in itself, many times",
    "{% set ns = namespace(x=['ab']) %}{% for i in range(40) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
  ],
  [
    "the same as JSON",
    "{% set ns = namespace(x=['ab']) %}{% for i in range(40) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x | to_json }}",
  ],
  ["replacing", "{{ ('a' * 10 ** 5) | replace('a', 'b' * 10 ** 4) }}"],
  ["replacing with a pattern", "{{ ('a' * 10 ** 5) | regex_replace('a', 'b' * 10 ** 4) }}"],
  ["joining", "{{ (['a' * 10 ** 5] * 10 ** 4) | join }}"],
  ["indenting", "{{ ('a\\n' * 10 ** 5) | indent('b' * 10 ** 4) }}"],
  ["a product", "{{ range(1000) | product(range(1000), range(1000)) }}"],
  ["permutations", "{{ range(12) | permutations }}"],
  ["a macro that calls itself", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"],
  ["a macro and its caller", "{% macro m() %}{% call m() %}{% endcall %}{% endmacro %}{{ m() }}"],
  ["a loop that calls itself", "{% for i in [[]] recursive %}{{ loop([[]]) }}{% endfor %}"],
  ["a block that prints itself", "{% block a %}{{ self.a() }}{% endblock %}"],
  ["a template that includes itself", "{% include 'self' %}"],
  ["a template that extends itself", "{% extends 'parent' %}"],
  ["a template that imports itself", "{% import 'module' as m %}"],
  ["parentheses", deep("(", ")")],
  ["lists", deep("[", "]")],
  ["negations", deep("not ", "")],
  ["minus signs", deep("- ", "")],
  ["filters, one after another", `{{ 1 ${"| string ".repeat(50_000)} }}`],
  ["data that holds itself, as a text", "{{ cycle }}"],
  ["data that holds itself, as JSON", "{{ cycle | to_json }}"],
  ["data that holds itself, as YAML", "{{ cycle | to_nice_yaml }}x"],
  ["data that holds itself, compared", "{{ cycle == {'self': {'self': cycle.self}} }}{{ cycle | string }}"],
])("%s is stopped", { timeout: 20_000 }, (_name, source) => {
  const render = () => compileTemplate(source, environment).render(scopeOf({ cycle }));
  expect(render).toThrow(InputError);
  expect(render).toThrow(expect.objectContaining({ code: "template/limit" }));
});

test("a deadline", () => {
  const source = "{% for i in range(10 ** 9) %}{{ '' }}{% endfor %}";
  const begun = performance.now();
  const render = () => compileTemplate(source, { limits: { milliseconds: 50, steps: 10 ** 12 } }).render(scopeOf({}));
  expect(render).toThrow(
    expect.objectContaining({ code: "template/limit", message: expect.stringContaining("longer than") }),
  );
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test("waiting for a program does not count", () => {
  const source = "{{ lookup('pipe', 'sleep 0.2; echo done') }}{% for i in range(2000) %}{% endfor %}";
  expect(compileTemplate(source, { limits: { milliseconds: 150 } }).render(scopeOf({}))).toBe("done");
});
