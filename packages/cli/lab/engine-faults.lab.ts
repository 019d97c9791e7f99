import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended, Host, Lab, Running } from "@evenkeel/lab";
import { createFaultProxy, createLab, evenkeel, holdAptLock } from "@evenkeel/lab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Stopped anywhere, nothing is lost: the same play is killed, cut and run twice at once, and must come to the same end. */
const isProving = process.env.EVENKEEL_PROVE === "1";
const folder = mkdtempSync(join(tmpdir(), "evenkeel-faults-"));
const playbook = join(folder, "site.yml");
let lab: Lab;
/** A host with the packages' lists and archives at hand, and a unit that counts how often it was restarted. */
let base: string;
let undisturbed: string;

const site = `
- name: A web server
  hosts: all
  become: true
  tasks:
    - name: nginx is there
      package: { name: nginx }
    - name: a folder for its pages
      file: { path: /srv/site, state: directory, mode: "0755", owner: www-data, group: www-data }
    - name: a page
      copy: { dest: /srv/site/index.html, content: "<h1>Even keel</h1>\\n", mode: "0644" }
    - name: a site
      copy:
        dest: /etc/nginx/sites-available/site
        content: |
          server { listen 80 default_server; root /srv/site; }
      notify: count
    - name: the site is on
      file: { path: /etc/nginx/sites-enabled/site, state: link, src: ../sites-available/site }
      notify: count
    - name: the default site is off
      file: { path: /etc/nginx/sites-enabled/default, state: absent }
    - name: nginx runs
      service: { name: nginx, state: started, enabled: true }
  handlers:
    - name: count
      service: { name: counter, state: restarted }
`;
const counter = "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sh -c 'echo restarted >>/srv/counter'\n";

beforeAll(async () => {
  writeFileSync(playbook, site);
  lab = await createLab();
  const host = await lab.addHost({ name: "base" });
  await host.writeFile("/etc/systemd/system/counter.service", counter);
  await host.shell("systemctl is-system-running --wait; systemctl daemon-reload");
  base = await host.snapshot("counting");
  undisturbed = await endState(await apply(host), host);
  await host.stop({ hard: true });
}, 120_000);
afterAll(async () => {
  await lab?.down();
  rmSync(folder, { recursive: true });
});

function apply(host: Host, environment: Readonly<Record<string, string>> = {}, ...words: string[]): Running {
  return evenkeel(["apply", playbook, "-i", lab.inventoryFile, "-l", host.name, "--yes", ...words], { environment });
}

/** What the run came to on the host: managed paths, packages, units, users, side effects, and what we left behind. */
async function endState({ status, output }: Ended, host: Host): Promise<string> {
  expect(status, output).toBe(0);
  const { stdout } = await host.shell(`
    find /srv /etc/nginx /var/lib/evenkeel -not -path '*/jobs/*' -printf '%p %y %m %u %g %l\\n' | sort
    find /srv /etc/nginx -type f -exec sha256sum {} + | sort -k2
    dpkg -l | grep ^ii | awk '{ print $2, $3 }' | sort | sha256sum
    systemctl is-active nginx; systemctl is-enabled nginx; cut -d: -f1 /etc/passwd | sort | sha256sum
    ls -d /usr/sbin/policy-rc.d 2>/dev/null; cat /srv/counter; find / -xdev -name '*.evenkeel*'`);
  return stdout;
}

async function fresh(name: string): Promise<Host> {
  const host = await lab.addHost({ name, image: base });
  await host.shell("systemctl is-system-running --wait");
  return host;
}

describe("kill -9 of the controller", () => {
  test("at every step, and then again: the same host, each side effect once", { timeout: 1_200_000 }, async () => {
    let points = 0;
    for (let k = 1; ; k += isProving ? 1 : 8) {
      const host = await fresh(`k${k}`);
      const killed = await apply(host, { EVENKEEL_FAULT_KILL_AT: String(k) });
      if (killed.signal !== "SIGKILL") {
        expect(killed.status, killed.output).toBe(0);
        await host.stop({ hard: true });
        break;
      }
      points++;
      expect(await endState(await apply(host), host), `killed at ${k}`).toBe(undisturbed);
      await host.stop({ hard: true });
    }
    console.log(`killed at ${points} points`);
    expect(points).toBeGreaterThan(isProving ? 15 : 2);
  });
});

describe("a cut wire", () => {
  test("anywhere: the run finishes, or the next one does", { timeout: 1_200_000 }, async () => {
    const places = isProving ? 50 : 2;
    let mended = 0;
    for (let at = 0; at < places; at++) {
      const host = await fresh(`c${at}`);
      const after = Math.round(2_000 + (at * 60_000) / places);
      await using proxy = await createFaultProxy({
        target: { host: host.address, port: 22 },
        onConnection: (connection) =>
          connection.id === 1 && connection.cutAfter(after, { how: at % 2 ? "fin" : "reset" }),
      });
      const inventory = join(folder, `c${at}.ini`);
      const known = join(folder, `c${at}.known`);
      const through = lab
        .inventory()
        .replaceAll(host.address, `${proxy.host} ansible_port=${proxy.port}`)
        .replace(lab.knownHostsFile, known)
        .replace("IdentitiesOnly=yes", "IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new");
      writeFileSync(inventory, through);
      const first = await evenkeel(["apply", playbook, "-i", inventory, "-l", host.name, "--yes"]);
      if (first.status === 0) mended++;
      const last = first.status === 0 ? first : await apply(host);
      expect(await endState(last, host), `cut after ${after} bytes: ${first.output}`).toBe(undisturbed);
      await host.stop({ hard: true });
    }
    console.log(`${places} cuts, ${mended} mended within the run`);
    expect(mended).toBeGreaterThanOrEqual(places / 2);
  });
});

describe("two controllers at once", () => {
  test("one works, the other says who does, and leaves or waits", { timeout: 120_000 }, async () => {
    const host = await fresh("two");
    // While another program has apt, the first run is in the middle of its first change.
    const apt = await holdAptLock(host);
    const first = apply(host);
    const lock = () => host.shell("ls /var/lib/evenkeel/lock 2>/dev/null || :").then(({ stdout }) => stdout);
    await expect.poll(lock, { timeout: 10_000 }).toContain("lease");
    const second = await apply(host);
    expect(second.status, second.output).toBe(1);
    expect(second.output).toMatch(/another run has this host: \S+@\S+ since \S+, for .*site\.yml/);
    const third = apply(host, {}, "--wait");
    await expect.poll(() => third.said(), { timeout: 10_000 }).toContain("has this host since");
    await apt.undo();
    expect(await endState(await first, host)).toBe(undisturbed);
    const waited = await third;
    expect(waited.status, waited.output).toBe(0);
    await host.stop({ hard: true });
  });

  test.runIf(isProving)(
    "one that slept longer than its lease is refused when it wakes",
    { timeout: 300_000 },
    async () => {
      const host = await fresh("asleep");
      const apt = await holdAptLock(host);
      const first = apply(host);
      const jobs = () => host.shell("ls /var/lib/evenkeel/jobs 2>/dev/null || :").then(({ stdout }) => stdout);
      await expect.poll(jobs, { timeout: 20_000 }).not.toBe("");
      first.kill("SIGSTOP");
      const second = apply(host, {}, "--wait");
      await expect.poll(() => second.said(), { timeout: 90_000 }).toContain("resumes");
      first.kill("SIGCONT");
      await apt.undo();
      const [late, done] = await Promise.all([first, second]);
      expect(late.status, late.output).toBe(1);
      expect(late.output).toContain("another run has taken this host over");
      expect(await endState(done, host)).toBe(undisturbed);
      await host.stop({ hard: true });
    },
  );
});
