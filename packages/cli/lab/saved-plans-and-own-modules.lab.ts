import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-plans-"));
const main = join(import.meta.dirname, "../src/main.mjs");
let lab: Lab;
let host: Host;

beforeAll(async () => {
  lab = await createLab();
  host = await lab.addHost({ name: "web" });
  await host.shell("systemctl is-system-running --wait");
}, 120_000);
afterAll(async () => {
  await lab?.down();
  rmSync(folder, { recursive: true });
});

/** With a record of runs of its own: others may run on this machine as well. */
function evenkeel(...words: string[]) {
  const env = { ...process.env, XDG_STATE_HOME: join(folder, "state") };
  const { status, stdout, stderr } = spawnSync("node", [main, ...words], { encoding: "utf8", cwd: folder, env });
  return { status, stdout, stderr, all: stdout + stderr };
}

const site = `
- hosts: all
  become: true
  gather_facts: false
  vars:
    password: canary-hunter2
  tasks:
    - name: a page
      copy: { dest: /srv/page, content: "one\\n", mode: "0644" }
    - name: a user
      user: { name: keeper, comment: "Keeps the keel" }
`;

test("a plan that was kept is carried out exactly, and refuses a host that has drifted", async () => {
  writeFileSync(join(folder, "site.yml"), site);
  const planned = evenkeel("plan", "site.yml", "-i", lab.inventoryFile, "--out", "site.plan");
  expect(planned.status, planned.all).toBe(0);
  expect(statSync(join(folder, "site.plan")).mode & 0o777).toBe(0o600);
  await host.shell("echo other >/srv/page");
  const drifted = evenkeel("apply", "site.plan");
  expect(drifted.status, drifted.all).toBe(1);
  expect(drifted.all).toContain("plan/drifted");
  expect(drifted.all).toContain("web  file /srv/page");
  expect(drifted.all).not.toContain("user keeper");
  expect((await host.shell("cat /srv/page; id keeper 2>&1 || :")).stdout).toMatch(/^other\n.*no such user/);
  await host.shell("rm /srv/page");
  const applied = evenkeel("apply", "site.plan");
  expect(applied.status, applied.all).toBe(0);
  expect((await host.shell("cat /srv/page; id -un keeper")).stdout).toBe("one\nkeeper\n");
});

test("two plans of the same thing are the same, byte for byte", async () => {
  await host.shell("rm -f /srv/page; userdel keeper 2>/dev/null || :");
  const plans = [1, 2].map(() => evenkeel("plan", "site.yml", "-i", lab.inventoryFile, "--json").stdout);
  expect(plans[0]).toContain('"type":"change"');
  expect(plans[1]).toBe(plans[0]);
});

test("a module of one's own is one file beside the playbook", async () => {
  expect(evenkeel("new", "module", "greeting").status).toBe(0);
  expect(readFileSync(join(folder, "modules/greeting.ts"), "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(
    15,
  );
  writeFileSync(
    join(folder, "own.yml"),
    "- hosts: all\n  become: true\n  gather_facts: false\n  tasks:\n    - greeting: { text: hello }\n",
  );
  const planned = evenkeel("plan", "own.yml", "-i", lab.inventoryFile);
  expect(planned.all).toContain("+hello");
  const applied = evenkeel("apply", "own.yml", "-i", lab.inventoryFile, "--yes");
  expect(applied.status, applied.all).toBe(0);
  expect((await host.shell("cat /etc/motd")).stdout).toBe("hello\n");
  writeFileSync(join(folder, "wrong.yml"), "- hosts: all\n  tasks:\n    - greeting: { txet: hello }\n");
  const wrong = evenkeel("check", "wrong.yml", "-i", lab.inventoryFile);
  expect(wrong.status).toBe(2);
  expect(wrong.all).toContain("did you mean text?");
});

test("what is left to be done on a host is told, and who has it", async () => {
  writeFileSync(
    join(folder, "handlers.yml"),
    `- hosts: all
  become: true
  gather_facts: false
  tasks:
    - copy: { dest: /srv/config, content: "x\\n" }
      notify: again
    - command: "false"
      when: broken | default(true) | bool
  handlers:
    - name: again
      command: touch /srv/handled
`,
  );
  expect(evenkeel("apply", "handlers.yml", "-i", lab.inventoryFile, "--yes").status).toBe(1);
  expect(evenkeel("pending", "-i", lab.inventoryFile).all).toContain("again, called by");
  const next = evenkeel("apply", "handlers.yml", "-i", lab.inventoryFile, "--yes", "-e", "broken=false");
  expect(next.status, next.all).toBe(0);
  expect((await host.shell("ls /srv/handled")).stdout).toBe("/srv/handled\n");
  expect(evenkeel("pending", "-i", lab.inventoryFile).all).toContain("nothing is pending");
  expect(evenkeel("unlock", "web", "-i", lab.inventoryFile).all).toContain("nobody has it");
  expect(evenkeel("exec", "web", "-i", lab.inventoryFile, "-b", "id -u").all).toContain("0\n");
  expect(evenkeel("log", "last").all).toContain("run command");
});
