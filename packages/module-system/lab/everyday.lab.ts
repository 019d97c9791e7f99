import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evenkeel } from "./evenkeel.ts";
import { playbook } from "./idle/twenty-tasks.ts";
import { wholeButLogins } from "./prepare-for-examples.ts";

/** Many modules in one play through the real engine, on a blank host. What each of them can is in the `*.prove.ts` beside this. */
const folder = mkdtempSync(join(tmpdir(), "evenkeel-everyday-"));
const site = join(folder, "site.yml");
const again = join(folder, "again.yml");
let lab: Lab;
let host: Host;

const more = `
    - { name: what it is, setup: { gather_subset: [platform] } }
    - { name: a look, stat: { path: /etc/passwd }, register: passwd }
    - { name: and a demand, assert: { that: [passwd.stat.exists, ansible_facts.system == "Linux"] } }
    - { name: another name for it, file: { path: /etc/shop.name, state: link, src: shop.env } }
    - { name: a line by that name, lineinfile: { path: /etc/shop.name, line: "NAME=1" } }
    - { name: and one by its own, lineinfile: { path: /etc/shop.env, line: "OWN=1" } }
    - { name: and by the other again, lineinfile: { path: /etc/shop.name, line: "MORE=1" } }
    - { name: a template, template: { src: site.j2, dest: /etc/shop.site, mode: "0644" } }
    - { name: a tree, copy: { src: tree, dest: /srv/shop/, mode: "0644", directory_mode: "0755" } }
    - { name: git and a timer, package: { name: [git, logrotate] } }
    - name: a repository
      shell: git init -q -b main origin && cd origin && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m one
      args: { chdir: /srv, creates: /srv/origin, changes: ["file:/srv/origin"] }
    - { name: a checkout, git: { repo: /srv/origin, dest: /srv/checkout } }
    - { name: what is kept, slurp: { src: /etc/shop.conf }, register: kept }
    - { name: what was said, debug: { msg: "{{ kept.content | b64decode }}" } }
    - { name: a wait, wait_for: { port: 22, timeout: 10 } }
`;

beforeAll(async () => {
  writeFileSync(site, playbook.trimEnd() + more);
  writeFileSync(again, "- hosts: all\n  become: true\n  tasks: [{ systemd: { daemon_reload: true } }]\n");
  writeFileSync(join(folder, "site.j2"), "listen {{ 40 * 2 }};\n");
  mkdirSync(join(folder, "tree/deep"), { recursive: true });
  writeFileSync(join(folder, "tree/deep/page"), "page\n");
  lab = await createLab();
  host = await lab.addHost({ name: "everyday" });
  await host.shell(
    `systemctl is-system-running --wait; export DEBIAN_FRONTEND=noninteractive
apt-get update -q && apt-get install -y -q --no-install-recommends cron tzdata procps
systemctl disable --now apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer systemd-tmpfiles-clean.timer
printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >/etc/systemd/system/shop.service
printf '[web]\\n' >/etc/shop.ini; systemctl daemon-reload`,
    { timeoutSeconds: 300 },
  );
}, 300_000);
afterAll(async () => {
  await lab.down();
  rmSync(folder, { recursive: true });
});

test("a plan writes nothing, is what apply does, and then there is nothing to do", async () => {
  const before = await host.shell(wholeButLogins);
  const planned = await evenkeel("plan", site, lab.inventoryFile);
  const after = await host.shell(wholeButLogins);
  expect(new Set(after.stdout.split("\n")).symmetricDifference(new Set(before.stdout.split("\n")))).toEqual(new Set());
  const applied = await evenkeel("apply", site, lab.inventoryFile);
  expect(applied.changes).toEqual(planned.changes);
  expect(applied.changes.length).toBeGreaterThan(20);
  expect((await host.shell("tail -n 3 /etc/shop.env")).stdout).toBe("NAME=1\nOWN=1\nMORE=1\n");
  // deb-systemd-invoke starts it together with a service, which alone it asks about.
  expect((await host.shell("systemctl is-active logrotate.timer")).stdout).toBe("active\n");
  expect(await evenkeel("apply", site, lab.inventoryFile)).toMatchObject({ changed: 0 });
});

test("a unit file that takes the place of another is read, whatever its date", async () => {
  await host.shell(
    "cp -p /usr/lib/systemd/system/ssh.service /etc/systemd/system/; touch -d 2020-01-01 /etc/systemd/system/ssh.service",
  );
  const fragment = async () => (await host.shell("systemctl show --value -p FragmentPath ssh")).stdout.trim();
  expect(await fragment()).toBe("/usr/lib/systemd/system/ssh.service");
  expect((await evenkeel("apply", again, lab.inventoryFile)).changes).toEqual(["check systemd system"]);
  expect(await fragment()).toBe("/etc/systemd/system/ssh.service");
  expect((await evenkeel("apply", again, lab.inventoryFile)).changes).toEqual([]);
});

test("since its start a host's unit files are as it has read them, and it is not asked about all its units", async () => {
  await host.stop();
  await host.start();
  await host.shell(`systemctl is-system-running --wait; printf '#!/bin/sh\necho "$*" >>/root/asked\nexec /usr/bin/systemctl "$@"\n' \
    >/usr/local/bin/systemctl; chmod 755 /usr/local/bin/systemctl`);
  expect((await evenkeel("apply", again, lab.inventoryFile)).changes).toEqual([]);
  const { stdout } = await host.shell("cat /root/asked; rm /usr/local/bin/systemctl");
  expect(stdout).toMatch(/UnitsLoadTimestamp/);
  expect(stdout).not.toMatch(/--all/);
  await host.shell("echo >>/etc/systemd/system/shop.service");
  expect((await evenkeel("apply", again, lab.inventoryFile)).changes).toEqual(["check systemd system"]);
});

test("a plan does not take facts from before a change for those after it", async () => {
  const facts = join(folder, "facts.yml");
  writeFileSync(
    facts,
    `
- hosts: all
  become: true
  gather_facts: false
  tasks:
    - { name: what is there, package_facts: }
    - { name: a package, package: { name: tree } }
    - { name: what is there now, package_facts: }
    - { name: and what runs, service_facts: }
    - name: its version
      copy: { dest: /etc/tree.version, content: "{{ ansible_facts.packages.tree[0].version }}\\n" }
    - name: if it were not there
      copy: { dest: /etc/tree.missing, content: "" }
      when: "'tree' not in ansible_facts.packages"
    - { name: a fact of this name, assert: { that: "'unsettled' not in ansible_facts" } }
`,
  );
  const planned = await evenkeel("plan", facts, lab.inventoryFile);
  const services = "run package services";
  expect(planned.changes).toEqual(["ensure package tree", services]);
  expect(planned.unknown).toEqual(["its version", "if it were not there"]);
  const applied = await evenkeel("apply", facts, lab.inventoryFile);
  expect(applied.changes).toEqual(["ensure package tree", "ensure file /etc/tree.version", services]);
  const version = await host.shell("dpkg-query -W -f '${Version}\\n' tree");
  expect((await host.shell("cat /etc/tree.version")).stdout).toBe(version.stdout);
  expect(await evenkeel("plan", facts, lab.inventoryFile)).toMatchObject({ changes: [], unknown: [] });
});
