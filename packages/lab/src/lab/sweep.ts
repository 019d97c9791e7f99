import { InputError } from "@evenkeel/core";
import type { Engine } from "../engine/engine.ts";
import { findEngine } from "../engine/find-engine.ts";
import { sweepBuildDirectories } from "../machine/build-directory.ts";
import { findOrphans } from "./list-labs.ts";
import { removeLab } from "./remove-lab.ts";

/** Removes what processes that are gone have left: labs, and half-made images. Returns the labs' names. */
export async function sweep({ engine }: { engine?: Engine } = {}): Promise<string[]> {
  const used = engine ?? (await findEngine({ install: false }));
  const orphans = await findOrphans({ engine: used });
  for (const { name } of orphans) await removeOrphan(used, name);
  await sweepBuildDirectories(used.privilege ?? []);
  return orphans.map(({ name }) => name);
}

async function removeOrphan(engine: Engine, name: string): Promise<void> {
  try {
    await removeLab(name, { engine });
  } catch (error) {
    // Swept by another process meanwhile: all the better.
    if (!(error instanceof InputError)) throw error;
  }
}
