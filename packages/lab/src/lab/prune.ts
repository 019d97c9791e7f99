import type { Engine } from "../engine/engine.ts";
import { findEngine } from "../engine/find-engine.ts";
import { imageRepository } from "../images/recipe.ts";
import { packagesVolume } from "./packages-volume.ts";
import { keptSnapshots } from "./snapshot.ts";

/** Frees what labs leave on purpose: base images, kept snapshots and cached packages. What a lab still uses stays. */
export async function prune({ engine }: { engine?: Engine } = {}): Promise<{ images: string[]; volumes: string[] }> {
  const used = engine ?? (await findEngine({ install: false }));
  const all = await used.lines(["images", "--format={{.Repository}}:{{.Tag}}"]);
  const images = all.filter(
    (image) => image.startsWith(`${imageRepository}/`) || image.startsWith(`${keptSnapshots}:`),
  );
  const volumes = await used.lines(["volume", "ls", "--quiet", `--filter=name=${packagesVolume("")}`]);
  return { images: await removeEach(used, "rmi", images), volumes: await removeEach(used, "volume rm", volumes) };
}

/** The engine refuses to remove what is in use; those are left out. */
async function removeEach(engine: Engine, command: string, names: readonly string[]): Promise<string[]> {
  const removed: string[] = [];
  for (const name of names) {
    const { code } = await engine.run([...command.split(" "), name], { check: false });
    if (code === 0) removed.push(name);
  }
  return removed;
}
