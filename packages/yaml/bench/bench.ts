import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * How long a playbook takes to read in a process that has just begun, as every run's process has: ours beside npm's yaml,
 * each with Node's compile cache. `node bench/bench.ts`
 */
const rounds = 15;
const folder = mkdtempSync(join(tmpdir(), "evenkeel-yaml-"));
const task = `    - name: "task on {{ inventory_hostname }}"
      ansible.builtin.template:
        src: site.j2   # comment
        dest: /etc/nginx/sites/site.conf
        mode: "0644"
      notify: [reload, restart]
`;
const ours = new URL("../src/index.ts", import.meta.url).href;
const contenders = {
  evenkeel: `const { readYaml } = await import("${ours}"); const read = (text) => readYaml(text, "x.yml").value;`,
  yaml: `const { parse } = await import("yaml"); const read = (text) => parse(text, { version: "1.1" });`,
};

try {
  for (const tasks of [20, 830]) {
    const file = join(folder, `${tasks}.yml`);
    writeFileSync(file, `- hosts: web\n  become: yes\n  tasks:\n${task.repeat(tasks)}`);
    const times = new Map(Object.keys(contenders).map((name) => [name, [] as [number, number][]]));
    for (let round = -1; round < rounds; round++) {
      for (const [name, program] of Object.entries(contenders)) {
        const measured = run(program, file);
        if (round >= 0) times.get(name)?.push(measured);
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

function run(program: string, file: string): [number, number] {
  const script = `import { readFileSync } from "node:fs"; import { enableCompileCache } from "node:module";
enableCompileCache(${JSON.stringify(join(folder, "cache"))});
const text = readFileSync(${JSON.stringify(file)}, "utf8");
await import("@evenkeel/core"); // every run has it already
const a = performance.now(); ${program} const b = performance.now(); read(text); const c = performance.now();
console.log(JSON.stringify([b - a, c - b]));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    cwd: import.meta.dirname,
  });
  return JSON.parse(stdout) as [number, number];
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
