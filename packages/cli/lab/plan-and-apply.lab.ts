import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The command as a user runs it, on a blank host. */
const folder = mkdtempSync(join(tmpdir(), "evenkeel-cli-"));
const playbook = join(folder, "site.yml");
let lab: Lab;
let web: Host;

beforeAll(async () => {
  lab = await createLab();
  web = await lab.addHost({ name: "web" });
  await web.run(["systemctl", "is-system-running", "--wait"]);
  writeFileSync(playbook, site);
});
afterAll(async () => {
  await lab.down();
  rmSync(folder, { recursive: true });
});

const site = `
- name: A web server
  hosts: web
  become: true
  tasks:
    - name: nginx is there
      package: { name: [nginx, curl] }
    - name: a folder for its pages
      file: { path: /srv/site, state: directory, mode: "0755", owner: www-data, group: www-data }
    - name: a page
      copy: { dest: /srv/site/index.html, content: "<h1>Even keel</h1>\\n", mode: "0644" }
    - name: a site
      copy:
        dest: /etc/nginx/sites-available/site
        content: |
          server { listen 80 default_server; root /srv/site; }
    - name: the site is on
      file: { path: /etc/nginx/sites-enabled/site, state: link, src: ../sites-available/site }
    - name: the default site is off
      file: { path: /etc/nginx/sites-enabled/default, state: absent }
    - name: nginx runs
      service: { name: nginx, state: started, enabled: true }
`;

function evenkeel(...words: string[]) {
  const main = join(import.meta.dirname, "../src/main.mjs");
  const { status, stdout, stderr } = spawnSync("node", [main, ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

interface ChangeLine {
  readonly type: string;
  readonly kind: string;
  readonly key: string;
  readonly action: string;
}

function changes(command: "plan" | "apply", ...words: string[]) {
  const { status, stdout, stderr } = evenkeel(command, playbook, "-i", lab.inventoryFile, "--json", ...words);
  expect(status, stdout + stderr).toBe(0);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ChangeLine);
  return events.flatMap(({ type, action, kind, key }) => (type === "change" ? [`${action} ${kind} ${key}`] : []));
}

/** Everything on the host that a plan could have touched. */
async function fingerprint(): Promise<string> {
  const { stdout } = await web.shell(
    "find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /var/log -o -path /dev -o -path /tmp \\) -prune -o " +
      "-printf '%p %y %m %u %g %s %T@ %i\\n' | sort | sha256sum; systemctl list-units --type=service --all --plain --no-legend | grep -v -E 'session|user@|user-' | sort | sha256sum",
  );
  return stdout;
}

test("a plan on a blank host changes nothing, and is exactly what apply then does", async () => {
  const before = await fingerprint();
  const planned = changes("plan");
  expect(await fingerprint()).toBe(before);
  expect(planned).toEqual([
    "ensure package nginx",
    "ensure package curl",
    "ensure file /srv/site",
    "ensure file /srv/site/index.html",
    "ensure file /etc/nginx/sites-available/site",
    "ensure file /etc/nginx/sites-enabled/site",
    "remove file /etc/nginx/sites-enabled/default",
    "ensure unit nginx.service",
    "run package services",
  ]);
  expect(changes("apply", "--yes")).toEqual(planned);
  const page = await fetch(`http://${web.address}/`);
  expect(await page.text()).toBe("<h1>Even keel</h1>\n");
});

test("a second run changes nothing", async () => {
  const pids = () => web.shell("pgrep nginx").then(({ stdout }) => stdout);
  const before = await pids();
  expect(changes("apply", "--yes")).toEqual([]);
  expect(evenkeel("plan", playbook, "-i", lab.inventoryFile, "--exit-code").status).toBe(0);
  expect(await pids()).toBe(before);
});

test("what has drifted is found, and put right", async () => {
  await web.shell("echo changed > /srv/site/index.html; systemctl stop nginx");
  expect(evenkeel("plan", playbook, "-i", lab.inventoryFile, "--exit-code").status).toBe(4);
  expect(changes("apply", "--yes")).toEqual(["ensure file /srv/site/index.html", "ensure unit nginx.service"]);
});

test("a mistake in the playbook reaches no host", () => {
  writeFileSync(join(folder, "wrong.yml"), site.replace("dest: /srv", "dset: /srv"));
  const { status, stderr } = evenkeel("apply", join(folder, "wrong.yml"), "-i", lab.inventoryFile, "--yes");
  expect(status).toBe(2);
  expect(stderr).toContain('wrong.yml:11:7: copy needs the parameter "dest"');
  expect(stderr).toContain('wrong.yml:11:15: copy has no parameter "dset"');
  expect(stderr).toContain("did you mean dest?");
});

test("a host that cannot be reached has a status of its own", () => {
  const inventory = join(folder, "dead.ini");
  writeFileSync(inventory, "[web]\ndead ansible_host=127.0.250.250\n");
  const { status, stdout } = evenkeel("plan", playbook, "-i", inventory);
  expect(status).toBe(3);
  expect(stdout).toContain("connect/refused");
});

test("at a terminal, what a host does now is shown, and what it did stays", () => {
  const slow = join(folder, "slow.yml");
  writeFileSync(
    slow,
    `- hosts: web
  gather_facts: false
  tasks:
    - name: something slow
      command: sh -c 'for word in one two three; do echo "line $word"; sleep 1; done'
    - name: something secret
      command: sh -c 'echo hidden-words; sleep 1'
      no_log: true
    - name: asked
      pause: { prompt: "Go on?" }
`,
  );
  const line = `stty cols 120 rows 40; node ${join(import.meta.dirname, "../src/main.mjs")} apply ${slow} -i ${lab.inventoryFile} --yes -v`;
  const { stdout, status } = spawnSync("script", ["-qefc", line, "/dev/null"], { encoding: "utf8", input: "yes\n" });
  expect(status, stdout).toBe(0);
  const text = stdout.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]/g, "");
  expect(text).toMatch(/. web {2}something slow( {2}\d s)? {2}line two/);
  expect(text).toMatch(/web {2}run +something slow/);
  expect(text).toMatch(/Go on\?: yes/);
  expect(text).toContain("ok 3");
  expect(text).not.toContain("hidden-words\n");
});

test("facts are shown under the names that playbooks use", () => {
  const { stdout, status } = evenkeel("facts", "web", "ansible_distribution*", "-i", lab.inventoryFile);
  expect(status, stdout).toBe(0);
  expect(stdout).toMatch(/^web\n {2}ansible_distribution +Debian\n/);
  const json = evenkeel("facts", "all", "-i", lab.inventoryFile, "--json").stdout;
  expect(JSON.parse(json)).toMatchObject({ type: "facts", host: "web", facts: { ansible_hostname: "web" } });
});
