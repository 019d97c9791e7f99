import type { ListedLab } from "@evenkeel/lab";
import { listLabs, removeLab, sweep } from "@evenkeel/lab";
import { progress } from "./progress.ts";
import { usageProblem } from "./usage-problem.ts";

/** Takes labs down: the named one, all, or the only one; what killed processes have left goes in any case. */
export async function down(name: string | undefined, { all = false }: { all?: boolean }): Promise<void> {
  if (name !== undefined && all) throw usageProblem("give a lab or --all, not both");
  const swept = await sweep();
  for (const orphan of swept) process.stdout.write(`removed ${orphan}, whose process is gone\n`);
  if (name !== undefined && swept.includes(name)) return;
  const labs = await listLabs();
  const chosen = name === undefined ? chooseWithoutName(labs, { all, hasSwept: swept.length > 0 }) : [name];
  for (const lab of chosen) {
    if (labs.some((listed) => listed.name === lab)) progress(`removing ${lab}`);
    await removeLab(lab);
    process.stdout.write(`${lab} is gone\n`);
  }
  if (chosen.length === 0 && swept.length === 0) process.stdout.write("there is no lab to take down\n");
}

function chooseWithoutName(
  labs: readonly ListedLab[],
  { all, hasSwept }: { all: boolean; hasSwept: boolean },
): string[] {
  for (const { name } of labs.filter(({ life }) => life === "owned")) {
    progress(`${name} belongs to a running process and stays; to remove it all the same: evenkeel lab down ${name}`);
  }
  const kept = labs.filter(({ life }) => life === "kept").map(({ name }) => name);
  if (all || kept.length <= 1) return kept;
  if (hasSwept) return [];
  throw usageProblem(`there are ${kept.length} labs: ${kept.join(", ")}`, "evenkeel lab down LAB, or --all");
}
