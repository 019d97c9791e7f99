import { expect, test } from "vitest";
import { scopeOf } from "../lab/scope-of.ts";
import { LazyDict } from "./python/dict.ts";
import { compileExpression, compileValue } from "./templates.ts";

const files: Readonly<Record<string, string>> = {
  macros: "{% macro add(l) %}{% set _ = l.append(1) %}{% endmacro %}",
  plain: "{{ list }}",
};
const loader = (name: string) => {
  const source = files[name];
  return source === undefined ? undefined : { source, file: name };
};

function dataOf() {
  const list = [3, 1];
  const hidden = { list: [3, 1] };
  const lazy = new LazyDict({ keys: () => ["host"], get: (key) => (key === "host" ? hidden : undefined) });
  return { list, dict: { list: [3, 1] }, vars: { list }, lazy, hidden };
}

test.each<[string, unknown]>([
  ["{% set _ = list.append(9) %}{{ list }}", [3, 1, 9]],
  ["{% do list.sort() %}{{ list }}", [1, 3]],
  ["{% set mine = list %}{% set _ = mine.append(9) %}{{ list }}", [3, 1, 9]],
  ["{% macro m(l) %}{% set _ = l.append(9) %}{% endmacro %}{{ m(list) }}{{ list }}", [3, 1, 9]],
  ["{% import 'macros' as m %}{{ m.add(list) }}{{ list }}", [3, 1, 1]],
  ["{% set ns = namespace(l=list) %}{% do ns.l.append(9) %}{{ ns.l }}", [3, 1, 9]],
  ["{% set _ = (list or []).append(9) %}{{ list }}", [3, 1, 9]],
  ["{% set add = list.append %}{{ add(9) }}{{ list }}", [3, 1, 9]],
  ["{% set _ = dict.list.append(9) %}{{ dict }}", { list: [3, 1, 9] }],
  ["{% set _ = dict.update({'a': 1}) %}{{ dict }}", { list: [3, 1], a: 1 }],
  ["{% set _ = lookup('vars', 'list').append(9) %}{{ list }}", [3, 1, 9]],
  ["{% set _ = vars.list.append(9) %}{{ vars.list }} {{ list }}", "[3, 1, 9] [3, 1, 9]"],
  ["{% set _ = lazy.host.list.append(9) %}{{ lazy.host.list }}", [3, 1, 9]],
  ["{% for each in [list] %}{% do each.clear() %}{% endfor %}{{ list }}", []],
])("%s changes a copy", (source, expected) => {
  const data = dataOf();
  expect(compileValue(source, { loader }).resolve(scopeOf(data))).toEqual(expected);
  expect(JSON.stringify(data)).toBe(JSON.stringify(dataOf()));
});

test.each([
  "{{ list | attr('append') is defined }}{% set f = list | attr('append') %}{{ f(9) }}",
  "{% set f = list['append'] %}{{ f(9) }}",
  "{% for f in [list] | map(attribute='append') %}{{ f(9) }}{% endfor %}",
  "{% set mine = list %}{% import 'macros' as m %}{{ m.add(mine) }}",
])("%s never changes anybody else's", (source) => {
  const data = dataOf();
  try {
    compileValue(source, { loader }).resolve(scopeOf(data));
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^template\/(type|undefined)$/) });
  }
  expect(JSON.stringify(data)).toBe(JSON.stringify(dataOf()));
});

test("a condition works on a copy as well", () => {
  const data = dataOf();
  expect(compileExpression("list.pop() == 1 and list == [3]").evaluate(scopeOf(data))).toBe(true);
  expect(data.list).toEqual([3, 1]);
});

test("a result is nobody else's list when something was changed", () => {
  const data = dataOf();
  const result = compileValue("{% set _ = list.append(9) %}{{ list }}").resolve(scopeOf(data)) as number[];
  expect(result).not.toBe(data.list);
});
