import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnyModule, HostMemory, Task } from "@evenkeel/core";
import { defineModule, Secret } from "@evenkeel/core";
import { readInventory } from "@evenkeel/inventory";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readProgram } from "../read-program.ts";

/** What modules get, whose parameters have words of the language's. */
const folder = mkdtempSync(join(tmpdir(), "evenkeel-params-"));

beforeAll(() => {
  mkdirSync(join(folder, "templates"));
  mkdirSync(join(folder, "files/pages"), { recursive: true });
  writeFileSync(join(folder, "files/a.txt"), "text");
  writeFileSync(join(folder, "templates/a.j2"), "{{ inventory_hostname }}");
  chmodSync(join(folder, "files/a.txt"), 0o750);
  chmodSync(join(folder, "templates/a.j2"), 0o640);
});
afterAll(() => rmSync(folder, { recursive: true }));

const text = { type: "string" };
const properties = {
  src: { ...text, local: "either", unless: "remote_src" },
  from: { ...text, local: "template" },
  remote_src: { type: "boolean", default: false },
  mode: text,
  tags: { type: "array", items: text, split: true, aliases: ["labels"] },
  host: { ...text, variable: "inventory_hostname" },
  checks: { type: "array", items: { expression: true } },
  password: { ...text, mayBeSecret: true },
};
const thing = defineModule({
  name: "thing",
  summary: "",
  params: { type: "object", properties, additionalProperties: false } as never,
  observe: () => ({}),
  plan: () => [],
});

test.each<readonly [string, string, object]>([
  ["a file, with its mode", "src: a.txt", { src: { size: 4, mode: "0750", localFile: "/files/a.txt" } }],
  ["a folder", "src: pages", { src: "/files/pages" }],
  ["what is in a folder", "src: pages/", { src: "/files/pages/" }],
  ["a path on the host", "{src: pages/, remote_src: yes}", { src: "pages/" }],
  ["a template's own mode", "{from: a.j2, mode: preserve}", { from: "web", mode: "0640" }],
  ["a mode that is said", "{from: a.j2, mode: '0600'}", { from: "web", mode: "0600" }],
  ["preserve without a template is the module's business", "{src: a.txt, mode: preserve}", { mode: "preserve" }],
  ["a list as a text, under its other name", "{labels: 'a,b'}", { tags: ["a", "b"] }],
  ["a variable's value", "{mode: x}", { host: "web" }],
])("%s", async (_what, written, wanted) => {
  expect(await paramsOf(written)).toMatchObject(wanted);
});

test("every secret that a task uses is known, so that it can be hidden: also one that stays wrapped, and what one is part of", async () => {
  writeFileSync(join(folder, "secrets.yml"), "$ANSIBLE_VAULT;1.1;AES256\n");
  const { params, revealed } = await resolved("{mode: '{{ plain }}', password: 'to {{ token }}'}", "@secrets.yml");
  expect(JSON.parse(JSON.stringify(params))).toMatchObject({ mode: "0600", password: "***" });
  expect([...revealed].toSorted()).toEqual(["0600", "to t0ken", "t0ken"].toSorted());
});

async function paramsOf(written: string): Promise<unknown> {
  const { params } = await resolved(written);
  return JSON.parse(JSON.stringify(params).replaceAll(folder, "")) as unknown;
}

async function resolved(written: string, ...extraVars: readonly string[]) {
  writeFileSync(
    join(folder, "site.yml"),
    `- hosts: all\n  gather_facts: no\n  tasks:\n    - thing: ${flow(written)}\n`,
  );
  const memory: HostMemory = { name: "web", facts: {}, setFacts: {}, registered: {}, included: {} };
  const { program, mistakes, revealed } = await readProgram({
    playbooks: ["site.yml"],
    modules: new Map<string, AnyModule>([["thing", thing]]),
    inventory: await readInventory({ sources: ["web,"], workingDirectory: folder }),
    memories: () => memory,
    workingDirectory: folder,
    extraVars,
    vault: { decrypt: () => new Secret("token: t0ken\nplain: '0600'\nunused: other\n") },
  });
  expect(mistakes).toEqual([]);
  const [task] = (program.plays[0]?.nodes ?? []) as readonly Task[];
  return { params: task?.params.resolve(task.scope(memory)), revealed };
}

function flow(written: string): string {
  return written.startsWith("{") ? written : `{${written}}`;
}
