import type { InputError } from "@evenkeel/core";
import { defineModule } from "@evenkeel/core";
import { expect, test } from "vitest";
import { parsePlaybook } from "./parse-playbook.ts";

const schema = {
  type: "object",
  required: ["dest"],
  additionalProperties: false,
  properties: { dest: { type: "string" }, mode: { type: "string", pattern: "^[0-7]+$", description: "octal" } },
} as never;
const copy = defineModule({ name: "copy", summary: "", params: schema, observe: () => ({}), plan: () => [] });
const parse = (text: string) => parsePlaybook(text, "site.yml", new Map([["copy", copy]]));

async function mistakesIn(text: string) {
  const error = await parse(text).then(
    () => new AggregateError([]),
    (thrown: unknown) => thrown as AggregateError,
  );
  return (error.errors as InputError[]).map(
    ({ place, message, hint }) => `${place?.line}:${place?.column} ${message}${hint ? ` (${hint})` : ""}`,
  );
}

test("a play and its tasks", async () => {
  const [play] = await parse(
    "- name: site\n  hosts: web\n  become: yes\n  tasks:\n    - name: motd\n      copy:\n        dest: /etc/motd\n",
  );
  expect(play).toMatchObject({ name: "site", hosts: "web", become: true });
  expect(play?.tasks).toMatchObject([
    { name: "motd", params: { dest: "/etc/motd" }, place: { file: "site.yml", line: 7 } },
  ]);
});

test.each([
  { name: "YAML", text: "- hosts: [\n", mistakes: [expect.stringMatching(/^2:1 /)] },
  { name: "no list", text: "hosts: web\n", mistakes: ["1:1 a playbook is a list of plays"] },
  {
    name: "a misspelt key",
    text: "- hsots: web\n  tasks: []\n",
    mistakes: ['1:3 a play has no key "hsots" (did you mean hosts?)', "1:3 a play needs `hosts`"],
  },
  {
    name: "a misspelt module",
    text: "- hosts: web\n  tasks:\n    - cpoy: {dest: /x}\n",
    mistakes: ['3:7 a task has no key "cpoy" (did you mean copy?)'],
  },
  {
    name: "a misspelt parameter",
    text: "- hosts: web\n  tasks:\n    - copy: {dest: /x, mdoe: '0644'}\n",
    mistakes: ['3:13 copy has no parameter "mdoe" (did you mean mode?)'],
  },
  {
    name: "all of them at once",
    text: "- hosts: web\n  tasks:\n    - copy: {mode: rw}\n",
    mistakes: ['3:13 copy needs "dest"', '3:13 copy: mode must match pattern "^[0-7]+$" (mode: octal)'],
  },
])("$name", async ({ text, mistakes }) => {
  expect(await mistakesIn(text)).toEqual(mistakes);
});
