import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended, Host, Lab } from "@evenkeel/lab";
import { createLab, evenkeel } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Changes that lock us out revert by themselves; good ones stay. Each sort has a host of its own, and all go side by side. */
const isProving = process.env.EVENKEEL_PROVE === "1";
const times = isProving ? 10 : 1;
const folder = mkdtempSync(join(tmpdir(), "evenkeel-guarded-"));
let lab: Lab;

beforeAll(async () => {
  lab = await createLab();
}, 120_000);
afterAll(async () => {
  await lab?.down();
  rmSync(folder, { recursive: true });
});

async function newHost(name: string): Promise<Host> {
  const host = await lab.addHost({ name });
  await host.shell("systemctl is-system-running --wait");
  return host;
}

function apply(tasks: string, { name }: Host): Promise<Ended> {
  const playbook = join(folder, `${name}.yml`);
  writeFileSync(playbook, `- hosts: ${name}\n  become: true\n  gather_facts: false\n${tasks}`);
  return evenkeel(["apply", playbook, "-i", lab.inventoryFile, "--yes"]);
}

/** What decides who gets in, and that nothing of ours is left there. */
async function door(host: Host): Promise<string> {
  const { stdout } = await host.shell(
    "sha256sum /etc/ssh/sshd_config /etc/sudoers.d/* /home/deploy/.ssh/authorized_keys; ls -la /etc/ssh /etc/sudoers.d /home/deploy/.ssh | grep -v total; ls /var/lib/evenkeel/guard 2>/dev/null || :",
  );
  return stdout.replace(/^(\S+\s+){5}\S+ +\d+ [\d:]+ /gm, "");
}

const restart = `
  handlers:
    - name: sshd again
      service: { name: ssh, state: restarted }
`;

const lockOuts = [
  {
    name: "port",
    what: "sshd's port",
    tasks: `
  tasks:
    - name: another port
      lineinfile: { path: /etc/ssh/sshd_config, line: "Port 2222" }
      guard: true
      notify: sshd again
${restart}`,
  },
  {
    name: "sudoers",
    what: "broken sudoers",
    tasks: `
  tasks:
    - name: nobody may
      copy: { dest: /etc/sudoers.d/zz-broken, content: "deploy ALL=(ALL) !ALL\\n", mode: "0440" }
      guard: true
`,
  },
  {
    name: "key",
    what: "a removed key",
    tasks: `
  tasks:
    - name: no keys
      copy: { dest: /home/deploy/.ssh/authorized_keys, content: "\\n" }
      guard: true
`,
  },
];

// One of them each day: each takes the host a minute and more.
test.concurrent.each(lockOuts.slice(0, isProving ? 3 : 1))(
  "$what: reverts by itself",
  { timeout: 1_500_000 },
  async ({ name, what, tasks }) => {
    const host = await newHost(name);
    const seconds: number[] = [];
    for (let round = 0; round < times; round++) {
      const before = await door(host);
      const started = performance.now();
      const { status, output } = await apply(tasks, host);
      seconds.push(Math.round((performance.now() - started) / 100) / 10);
      expect(status, output).toBe(1);
      expect(output).toContain("guard/reverted");
      expect(await door(host)).toBe(before);
    }
    console.log(`${what}: as it was after ${seconds.join(" ")} s`);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(90);
  },
);

test.concurrent("good changes stay, and are not reverted later", { timeout: 1_500_000 }, async () => {
  const host = await newHost("good");
  for (let round = 0; round < times * 3; round++) {
    const { status, output } = await apply(
      `
  tasks:
    - name: a comment
      lineinfile: { path: /etc/ssh/sshd_config, line: "# round ${round}" }
      guard: true
      notify: sshd again
${restart}`,
      host,
    );
    expect(status, output).toBe(0);
  }
  if (isProving) await new Promise((resolve) => setTimeout(resolve, 65_000));
  const { stdout } = await host.shell("grep -c '^# round' /etc/ssh/sshd_config; ls /var/lib/evenkeel/guard");
  expect(stdout).toBe(`${times * 3}\n`);
});
