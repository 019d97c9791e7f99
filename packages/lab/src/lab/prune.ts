import type { Engine } from "../engine/engine.ts";
import { findEngine } from "../engine/find-engine.ts";
import { imageRepository } from "../images/recipe.ts";
import { inputProblems } from "./input-problems.ts";
import { packagesVolume } from "./packages-volume.ts";
import { keptSnapshots, snapshotReference } from "./snapshot.ts";

export type Prune = {
  engine?: Engine;
  /** Only these kept snapshots; without it all that labs leave on purpose, but for what one still uses. */
  snapshots?: readonly string[];
};

/** Frees the disk of base images, kept snapshots and cached packages. Returns what is gone. */
export async function prune({ engine, snapshots = [] }: Prune = {}): Promise<string[]> {
  const used = engine ?? (await findEngine({ install: false }));
  const all = await used.lines(["images", "--format={{.Repository}}:{{.Tag}}"]);
  if (snapshots.length > 0) return removeSnapshots(used, all, snapshots);
  const images = all.filter(
    (image) => image.startsWith(`${imageRepository}/`) || image.startsWith(`${keptSnapshots}:`),
  );
  const volumes = await used.lines(["volume", "ls", "--quiet", `--filter=name=${packagesVolume("")}`]);
  return [...(await removeUnused(used, ["rmi"], images)), ...(await removeUnused(used, ["volume", "rm"], volumes))];
}

async function removeSnapshots(engine: Engine, all: readonly string[], names: readonly string[]): Promise<string[]> {
  const unknown = names.find((name) => !all.includes(snapshotReference(name)));
  if (unknown !== undefined) throw inputProblems.noSuchSnapshot(unknown);
  await engine.run(["rmi", ...names.map((name) => snapshotReference(name))]);
  return [...names];
}

/** The engine refuses to remove what is in use. */
async function removeUnused(engine: Engine, command: readonly string[], names: readonly string[]): Promise<string[]> {
  const removed: string[] = [];
  for (const name of names) {
    const { code } = await engine.run([...command, name], { check: false });
    if (code === 0) removed.push(name);
  }
  return removed;
}
