import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { HostMemory, Task } from "@evenkeel/core";
import { InputError, Secret } from "@evenkeel/core";
import { readInventory } from "@evenkeel/inventory";
import { afterEach, expect, test } from "vitest";
import { readProgram } from "../read-program.ts";
import { sampleModules } from "../testing/sample-modules.ts";

const folders: string[] = [];

afterEach(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

const play = "- hosts: all\n  tasks: [{debug: {msg: hello}}]\n";
const withTask = (task: string) => `- hosts: all\n  tasks: [${task}]\n`;

test.each<readonly [string, Record<string, string>, readonly string[]]>([
  ["nothing", { "site.yml": play }, []],
  ["a task", { "site.yml": withTask("{debug: {msg: '{{ ansible_os_family }}'}}") }, ["release"]],
  ["a template that stands by the playbook", { "site.yml": play, "motd.j2": "{{ ansible_hostname }}" }, ["names"]],
  [
    "a role's file that may be included",
    {
      "site.yml": withTask("{include_role: {name: web}}"),
      "roles/web/tasks/main.yml": "[]",
      "roles/web/tasks/later.yml": "- debug: {msg: '{{ ansible_facts.hostname }}'}",
    },
    ["names"],
  ],
  ["a folder of variables", { "site.yml": play, "group_vars/all/x.yml": "a: '{{ ansible_os_family }}'" }, ["release"]],
  ["encrypted variables", { "site.yml": play, "host_vars/web.yml": "$ANSIBLE_VAULT;ansible_hostname" }, ["names"]],
  ["what nobody can decrypt", { "site.yml": play, "vars/other.yml": "$ANSIBLE_VAULT;other" }, []],
])("facts that are gathered: %s", async (_what, files, wanted) => {
  expect(await subsetsFor(files)).toEqual(["!all", "!min", ...wanted]);
});

test.each<readonly [string, Record<string, string>, readonly string[]]>([
  ["all facts at once", { "site.yml": withTask("{debug: {msg: '{{ ansible_facts }}'}}") }, []],
  ["a fact that is not known", { "site.yml": withTask("{debug: {msg: '{{ ansible_moon }}'}}") }, []],
  ["a name that is put together", { "site.yml": withTask("{debug: {msg: \"{{ vars['ansible_' ~ x] }}\"}}") }, []],
  ["a role that a template names", { "site.yml": withTask("{include_role: {name: '{{ x }}'}}") }, ["x=web"]],
  ["one on the command line", { "site.yml": play }, ["x={{ ansible_facts[y] }}"]],
])("all are: %s", async (_what, files, extraVars) => {
  expect(await subsetsFor(files, extraVars)).toEqual(["all"]);
});

async function subsetsFor(files: Record<string, string>, extraVars: readonly string[] = []): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-facts-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const vault = { decrypt };
  const memory: HostMemory = { name: "web", facts: {}, setFacts: {}, registered: {}, included: {} };
  const { program } = await readProgram({
    playbooks: ["site.yml"],
    modules: sampleModules,
    inventory: await readInventory({ sources: ["web,"], workingDirectory: folder, vault }),
    memories: () => memory,
    workingDirectory: folder,
    extraVars,
    vault,
    factSubset: (fact) => ({ os_family: "release", hostname: "names" })[fact],
  });
  const [setup] = program.plays[0]?.nodes ?? [];
  const task = setup as Task;
  return task.params.resolve(task.scope(memory)).gather_subset;
}

function decrypt(text: string): Secret {
  if (text.includes("other")) throw new InputError({ code: "vault/password", message: "no password fits" });
  return new Secret(`a: "{{ ${text.split(";")[1]?.trim()} }}"`);
}
