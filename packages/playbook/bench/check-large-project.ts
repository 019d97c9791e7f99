import type { HostMemory, InputError } from "@evenkeel/core";
import { readInventory } from "@evenkeel/inventory";
import { readProgram } from "../src/read-program.ts";
import { sampleModules } from "../src/testing/sample-modules.ts";

interface Checked {
  readonly mistakes: readonly InputError[];
  /** What it cost this thread, however busy the machine was. */
  readonly threadMs: number;
}

/** Reads a project that `writeLargeProject` has written, and finds its mistakes. */
export async function checkLargeProject(workingDirectory: string): Promise<Checked> {
  const memories = new Map<string, HostMemory>();
  const begun = process.threadCpuUsage();
  const inventory = await readInventory({ sources: ["hosts.ini"], playbookDirectories: ["."], workingDirectory });
  const { mistakes } = await readProgram({
    playbooks: ["site.yml"],
    modules: sampleModules,
    inventory,
    memories: (name) => {
      const known = memories.get(name) ?? { name, facts: {}, setFacts: {}, registered: {}, included: {} };
      memories.set(name, known);
      return known;
    },
    workingDirectory,
  });
  const { user, system } = process.threadCpuUsage(begun);
  return { mistakes, threadMs: (user + system) / 1000 };
}
