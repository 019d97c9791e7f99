import { InputError, Secret } from "@evenkeel/core";
import { expect, test } from "vitest";
import { scopeOf } from "../lab/scope-of.ts";
import { LazyDict } from "./python/dict.ts";
import { compileExpression, compileTemplate, compileValue } from "./templates.ts";

const secret = new Secret("pa55");
const scope = scopeOf({
  password: secret,
  user: "eva",
  users: [
    { name: "eva", password: secret },
    { name: "ida", password: "open" },
  ],
  lazy: new LazyDict({ keys: () => ["key"], get: (key) => (key === "key" ? secret : undefined) }),
});
const resolve = (source: string) => compileValue(source).resolve(scope);

/** What is secret is shown as [text]. */
function shown(value: unknown): unknown {
  if (value instanceof Secret) return `[${value.reveal()}]`;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each)]));
}

test.each([
  ["{{ password }}", "[pa55]"],
  ["{{ user }}:{{ password }}", "[eva:pa55]"],
  ["{{ password ~ '' }}", "[pa55]"],
  ["{{ password | upper }}", "[PA55]"],
  ["{{ password[0] }}", "[p]"],
  ["{{ password.split('5') }}", ["[pa]", "[]", "[]"]],
  [
    "{{ {'user': user, 'hash': password | hash('md5')} }}",
    { user: "[eva]", hash: expect.stringMatching(/^\[\w{32}\]$/) },
  ],
  ["{{ '%s' | format(password) }}", "[pa55]"],
  ["{{ '%s' % password }}", "[pa55]"],
  ["{{ users | to_json }}", '[[{"name": "eva", "password": "pa55"}, {"name": "ida", "password": "open"}]]'],
  ["{{ users | map(attribute='password') | join(' ') }}", "[pa55 open]"],
  ["{% if true %}{{ password }}{% endif %}", "[pa55]"],
  ["{% set copy = password %}copy: {{ copy }}", "[copy: pa55]"],
  ["{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(password) }}", "[<pa55>]"],
  ["{{ lazy.key }}", "[pa55]"],
  ["{{ 'key: ' ~ lazy.key }}", "[key: pa55]"],
  ["{{ lazy | to_json }}", '[{"key": "pa55"}]'],
  ["{{ lookup('vars', 'password') ~ '!' }}", "[pa55!]"],
])("%s is secret", (source, expected) => {
  expect(shown(resolve(source))).toEqual(expected);
});

test("whoever hides secrets is told of each that is used, by itself", () => {
  const told: string[] = [];
  const value = compileValue("{{ user }}:{{ users[0].password }}").resolve(scope, {
    onReveal: (text) => told.push(text),
  });
  expect(shown(value)).toBe("[eva:pa55]");
  expect(told).toEqual(["pa55"]);
});

test.each([
  ["{{ user }}", "eva"],
  ["{{ users[1].password }}", "open"],
  ["{{ users | map(attribute='name') | list }}", ["eva", "ida"]],
  ["{{ users | selectattr('name', 'eq', 'ida') | map(attribute='password') | first }}", "open"],
  ["{{ users | length }} users", "2 users"],
  ["{{ password is defined }}", true],
  ["{{ 'set' if password else 'not set' }}", "set"],
  ["{% if password is defined and password %}yes{% endif %}", "yes"],
])("%s is not", (source, expected) => {
  expect(resolve(source)).toEqual(expected);
});

test("only what is secret stays so where it is not looked into", () => {
  expect(shown(resolve("{{ users }}"))).toEqual([
    { name: "eva", password: "[pa55]" },
    { name: "ida", password: "open" },
  ]);
  expect(shown(resolve("{{ users | map(attribute='password') | list }}"))).toEqual(["[pa55]", "open"]);
  expect(shown(resolve("{{ {'name': user, 'password': password} }}"))).toEqual({ name: "eva", password: "[pa55]" });
  expect(shown(resolve("{{ password | default('x') }}"))).toBe("[pa55]");
  expect(shown(resolve("{{ users[0] | combine({'shell': '/bin/sh'}) }}"))).toEqual({
    name: "eva",
    password: "[pa55]",
    shell: "/bin/sh",
  });
});

test("numbers and truth are never secret", () => {
  expect(resolve("{{ password | length }}")).toBe(4);
  expect(resolve("{{ password == 'pa55' }}")).toBe(true);
  expect(compileExpression("password in ['pa55']").evaluate(scope)).toBe(true);
});

test("a template file is secret as a whole", () => {
  const rendered = compileTemplate("user={{ user }}\npassword={{ password }}\n").render(scope);
  expect(shown(rendered)).toBe("[user=eva\npassword=pa55\n]");
  expect(compileTemplate("user={{ user }}\n").render(scope)).toBe("user=eva\n");
});

test.each([
  "{{ password + 1 }}",
  "{{ password | from_json }}",
  "{{ password.nope }}",
  "{{ {}[password] }}",
  "{{ 'x' / password }}",
  "{{ [1] | map(password) | list }}",
  "{{ lookup(password) }}",
  "{{ lookup('file', password) }}",
  "{{ user is search(password ~ '(') }}",
  "{{ password | to_datetime }}",
  "{{ password | b64decode | from_json }}",
  "{% include password %}",
  "{{ undef(hint=password) }}",
])("the error of %s does not tell it", (source) => {
  let said: unknown;
  try {
    resolve(source);
  } catch (error) {
    said = error;
  }
  expect(said).toBeInstanceOf(InputError);
  expect(`${String(said)} ${JSON.stringify(said)}`).not.toContain("pa55");
});
