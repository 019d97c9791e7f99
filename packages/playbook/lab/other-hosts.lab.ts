import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lab } from "@evenkeel/lab";
import { createLab, evenkeel } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Two hosts at their own pace, through the real engine: what one knows is there when the other asks for it. */
const folder = mkdtempSync(join(tmpdir(), "evenkeel-others-"));
const playbook = join(folder, "site.yml");
let lab: Lab;

beforeAll(async () => {
  lab = await createLab();
  await Promise.all([lab.addHost({ name: "fast", suite: "tiny" }), lab.addHost({ name: "slow", suite: "tiny" })]);
  writeFileSync(playbook, site);
});
afterAll(async () => {
  await lab.down();
  rmSync(folder, { recursive: true });
});

const site = `
- hosts: fast, slow
  gather_facts: false
  tasks:
    - command: sh -c "sleep {{ 2 if inventory_hostname == 'slow' else 0 }}; echo from {{ inventory_hostname }}"
      register: said
      changed_when: false
    - set_fact: { mine: "{{ said.stdout | upper }}" }
    - copy:
        dest: /tmp/all
        content: "{{ ansible_play_hosts | map('extract', hostvars, 'mine') | join(' ') }} {{ hostvars.slow.said.rc }}"
    - set_fact:
        all_of_them: "{{ all_of_them | default([]) + [hostvars[item].mine] }}"
      loop: "{{ ansible_play_hosts }}"
    - copy: { dest: /tmp/set, content: "{{ all_of_them | join(' ') }}" }
      when: hostvars['slow']['all_of_them'] | length == 2
`;

test("each host's file tells of both", async () => {
  const { status, output } = await evenkeel(["apply", playbook, "-i", lab.inventoryFile, "--yes"]);
  expect(status, output).toBe(0);
  for (const name of ["fast", "slow"]) {
    const { stdout: written } = await lab.host(name).shell("cat /tmp/all; echo; cat /tmp/set");
    expect(written).toBe("FROM FAST FROM SLOW 0\nFROM FAST FROM SLOW");
  }
});
