import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Changes that lock us out revert by themselves; good ones stay. */
const isProving = process.env.EVENKEEL_PROVE === "1";
const times = isProving ? 10 : 1;
const folder = mkdtempSync(join(tmpdir(), "evenkeel-guarded-"));
let lab: Lab;
let host: Host;

beforeAll(async () => {
  lab = await createLab();
  host = await lab.addHost({ name: "door" });
  await host.shell("systemctl is-system-running --wait");
}, 120_000);
afterAll(async () => {
  await lab?.down();
  rmSync(folder, { recursive: true });
});

function apply(tasks: string): Promise<{ status: number | null; output: string }> {
  const playbook = join(folder, "site.yml");
  writeFileSync(playbook, `- hosts: all\n  become: true\n  gather_facts: false\n${tasks}`);
  const child = spawn("node", [
    join(import.meta.dirname, "../src/main.ts"),
    "apply",
    playbook,
    "-i",
    lab.inventoryFile,
    "--yes",
  ]);
  let output = "";
  child.stdout.on("data", (bytes) => (output += bytes));
  child.stderr.on("data", (bytes) => (output += bytes));
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, output })));
}

/** What decides who gets in, and that nothing of ours is left there. */
async function door(): Promise<string> {
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

const lockOuts = {
  "sshd's port": `
  tasks:
    - name: another port
      lineinfile: { path: /etc/ssh/sshd_config, line: "Port 2222" }
      guard: true
      notify: sshd again
${restart}`,
  "broken sudoers": `
  tasks:
    - name: nobody may
      copy: { dest: /etc/sudoers.d/zz-broken, content: "deploy ALL=(ALL) !ALL\\n", mode: "0440" }
      guard: true
`,
  "a removed key": `
  tasks:
    - name: no keys
      copy: { dest: /home/deploy/.ssh/authorized_keys, content: "\\n" }
      guard: true
`,
};

// One of them each day: each takes the host a minute and more.
test.each(Object.entries(lockOuts).slice(0, isProving ? 3 : 1))(
  "%s: reverts by itself",
  { timeout: 1_500_000 },
  async (_, tasks) => {
    for (let round = 0; round < times; round++) {
      const before = await door();
      const started = performance.now();
      const { status, output } = await apply(tasks);
      expect(status, output).toBe(1);
      expect(output).toContain("guard/reverted");
      expect(performance.now() - started).toBeLessThan(100_000);
      expect(await door()).toBe(before);
    }
  },
);

test("good changes stay, and are not reverted later", { timeout: 1_500_000 }, async () => {
  for (let round = 0; round < times * 3; round++) {
    const { status, output } = await apply(`
  tasks:
    - name: a comment
      lineinfile: { path: /etc/ssh/sshd_config, line: "# round ${round}" }
      guard: true
      notify: sshd again
${restart}`);
    expect(status, output).toBe(0);
  }
  if (isProving) await new Promise((resolve) => setTimeout(resolve, 65_000));
  const { stdout } = await host.shell("grep -c '^# round' /etc/ssh/sshd_config; ls /var/lib/evenkeel/guard");
  expect(stdout).toBe(`${times * 3}\n`);
});
