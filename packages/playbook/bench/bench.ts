import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeLargeProject } from "./large-project.ts";

/** How long `check` takes in a process that has just begun, with Node's compile cache. `node bench/bench.ts` */
const rounds = Number(process.env.ROUNDS ?? 7);
const folder = mkdtempSync(join(tmpdir(), "evenkeel-check-"));

try {
  for (const [tasks, hosts] of [
    [20, 1],
    [1000, 1],
    [1000, 20],
    [5000, 20],
  ] as const) {
    const project = join(folder, `${tasks}-${hosts}`);
    writeLargeProject(project, tasks, hosts);
    const all = Array.from({ length: rounds + 1 }, () => run(project)).slice(1);
    const [loading, checking, thread] = [0, 1, 2].map((part) => median(all.map((each) => each[part] ?? 0)).toFixed(0));
    console.log(
      `${tasks} tasks, ${hosts} hosts: loading ${loading} ms, checking ${checking} ms (${thread} ms of one core)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}

function run(project: string): readonly number[] {
  const program = join(import.meta.dirname, "contender.ts");
  const { stdout } = spawnSync(process.execPath, [program, project, join(folder, "cache")], { encoding: "utf8" });
  return JSON.parse(stdout) as readonly number[];
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
