import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * How long a playbook takes to read in a process that has just begun, as every run's process has: ours beside npm's yaml,
 * each with Node's compile cache, in turns. `node bench/bench.ts`
 */
const rounds = Number(process.env.ROUNDS ?? 15);
const folder = mkdtempSync(join(tmpdir(), "evenkeel-yaml-"));
const task = `    - name: "task on {{ inventory_hostname }}"
      ansible.builtin.template:
        src: site.j2   # comment
        dest: /etc/nginx/sites/site.conf
        mode: "0644"
      notify: [reload, restart]
`;

try {
  for (const tasks of [20, 830]) {
    const file = join(folder, `${tasks}.yml`);
    writeFileSync(file, `- hosts: web\n  become: yes\n  tasks:\n${task.repeat(tasks)}`);
    const times = new Map(["evenkeel", "yaml"].map((name) => [name, [] as [number, number][]]));
    for (let round = -1; round < rounds; round++) {
      for (const [name, all] of times) {
        const measured = run(name, file);
        if (round >= 0) all.push(measured);
      }
    }
    console.log(`${tasks * 6 + 3} lines  (median of ${rounds})`);
    for (const [name, all] of times) {
      const [loading, reading] = [0, 1].map((part) => median(all.map((each) => each[part] ?? 0)).toFixed(1));
      console.log(`  ${name.padEnd(10)} loading ${loading} ms, reading ${reading} ms`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

function run(name: string, file: string): [number, number] {
  const program = join(import.meta.dirname, "contender.ts");
  const { stdout } = spawnSync(process.execPath, [program, name, file, join(folder, "cache")], { encoding: "utf8" });
  return JSON.parse(stdout) as [number, number];
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
