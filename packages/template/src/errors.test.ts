import { InputError } from "@evenkeel/core";
import { expect, test } from "vitest";
import { scopeOf } from "../lab/scope-of.ts";
import type { Origin } from "./engine/environment.ts";
import { compileExpression, compileTemplate, compileValue } from "./templates.ts";
import { UndefinedVariable } from "./undefined-variable.ts";

const scope = scopeOf({ name: "web1", users: [{ name: "eva" }], number: 1 });

function errorOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("there is no error");
}

const rendering = (source: string, place?: Origin) =>
  errorOf(() => compileTemplate(source, { ...(place && { place }) }).render(scope));

test.each([
  ["{% if name %}\n{{ name ", "template/syntax", 2, 1],
  ["line\n{% if name %}\nno end", "template/syntax", 2, 4],
  ["{% if a %}{% for b in c %}{% endfor %}", "template/syntax", 1, 4],
  ["a\nb {% unknown %}", "template/syntax", 2, 6],
  ["{{ 'text }}", "template/syntax", 1, 4],
  ["{{ a b }}", "template/syntax", 1, 6],
  ["{% for in x %}{% endfor %}", "template/syntax", 1, 11],
  ["{% macro m(a, *args) %}{% endmacro %}", "template/syntax", 1, 15],
  ["{% call(1) m() %}{% endcall %}", "template/syntax", 1, 9],
  ["x\n  {{ nope }}", "template/undefined", 2, 6],
  ["{{ users[0].nope }}", "template/undefined", 1, 13],
  ["{{ name }}\n{{ name | nofilter }}", "template/unknown-filter", 2, 11],
  ["{{ name is notest }}", "template/unknown-test", 1, 12],
  ["{{ name + 1 }}", "template/type", 1, 9],
  ["\n\n{{ [1, 2] | join(',') }}{{ name | from_json }}", "template/value", 3, 35],
  ["{{ 1 / 0 }}", "template/zero", 1, 6],
  ["{{ 'a' | combine({}) }}", "template/type", 1, 10],
  ["{{ lookup('nolookup') }}", "template/unknown-lookup", 1, 4],
  ["{% include 'nowhere.j2' %}", "template/not-found", 1, 4],
  ["{% for i in number %}{% endfor %}", "template/type", 1, 13],
])("%j is an error where it is", (source, code, line, column) => {
  const { code: said, place } = rendering(source, { file: "motd.j2" });
  expect([said, place]).toEqual([code, { file: "motd.j2", line, column }]);
});

test("an error is where the text stands in its file", () => {
  const place = { file: "site.yml", line: 10, column: 7 };
  expect(rendering("ab {{ nope }}", place).place).toEqual({ file: "site.yml", line: 10, column: 13 });
  expect(rendering("ab\n{{ nope }}", place).place).toEqual({ file: "site.yml", line: 11, column: 4 });
  const { place: found } = errorOf(() => compileExpression("a ==", { place }));
  expect(found).toEqual({ file: "site.yml", line: 10, column: 11 });
});

test("or where its owner says", () => {
  const place = (line: number, column: number) => ({ file: "site.yml", line: line * 100, column: column + 2 });
  expect(rendering("\n{{ nope }}", place).place).toEqual({ file: "site.yml", line: 200, column: 6 });
});

test("without a place there is none", () => {
  expect(rendering("{{ nope }}").place).toBeUndefined();
});

test("the first line counts when it has settings", () => {
  const source = "#jinja2: trim_blocks: False\n{{ nope }}";
  expect(rendering(source, { file: "a.j2" }).place).toEqual({ file: "a.j2", line: 2, column: 4 });
  expect(rendering("#jinja2: nope: 1\n", { file: "a.j2" })).toMatchObject({ code: "template/header" });
});

test("an error in another template names that", () => {
  const loader = () => ({ source: "one\n{{ nope }}", file: "/templates/part.j2" });
  const template = compileTemplate("\n\n{% include 'part' %}", { loader, place: { file: "main.j2" } });
  expect(errorOf(() => template.render(scope)).place).toEqual({ file: "/templates/part.j2", line: 2, column: 4 });
  const broken = compileTemplate("{% include 'part' %}", { loader: () => ({ source: "{% if %}", file: "b.j2" }) });
  expect(errorOf(() => broken.render(scope)).place).toEqual({ file: "b.j2", line: 1, column: 7 });
});

test.each([
  ["{{ nmae }}", /name/],
  ["{{ name | uper }}", /upper/],
  ["{{ name is defind }}", /defined/],
  ["{{ lookup('fiel', 'x') }}", /file/],
  ["{{ users[0].nmae }}", /name/],
])("%s: did you mean", (source, hint) => {
  expect(rendering(source).hint).toMatch(hint);
});

test("an undefined variable says which", () => {
  const error = rendering("{{ nope.deeper }}");
  expect(error).toBeInstanceOf(UndefinedVariable);
  expect(error.message).toBe("'nope' is undefined");
  expect(errorOf(() => compileValue("{{ users[0].mail }}").resolve(scope)).message).toContain("'mail'");
  expect(rendering("{{ name | mandatory }}{{ nope | mandatory('say it') }}").message).toContain("say it");
});

test("what the scope throws passes through", () => {
  const thrown = new Error("a loop of variables");
  const failing = {
    has: () => true,
    get: () => {
      throw thrown;
    },
  };
  expect(() => compileValue("{{ a | default('x') }}").resolve(failing)).toThrow(thrown);
});

test("but for a variable whose own template uses what is not there", () => {
  const thrown = new UndefinedVariable({ code: "template/undefined", message: "'inner' is undefined" });
  const failing = {
    has: () => true,
    get: () => {
      throw thrown;
    },
  };
  expect(compileValue("{{ a | default('x') }}").resolve(failing)).toBe("x");
  expect(compileExpression("a is defined").evaluate(failing)).toBe(false);
  expect(errorOf(() => compileValue("{{ a }}").resolve(failing))).toBe(thrown);
});

test("what nobody uses is no error", () => {
  expect(compileValue("{{ true | ternary('yes', nope) }}").resolve(scope)).toBe("yes");
  expect(compileValue("{{ nope or 'x' if false else 'y' }}").resolve(scope)).toBe("y");
});
