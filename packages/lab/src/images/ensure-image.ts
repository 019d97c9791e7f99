import type { Engine } from "../engine/engine.ts";
import { withMachineLock } from "../machine/with-machine-lock.ts";
import { buildDebian } from "./build-debian.ts";
import { buildTiny } from "./build-tiny.ts";
import { imageReference, recipeOf, tinyBase } from "./recipe.ts";
import type { Suite } from "./suites.ts";

/** The base image of a suite, built if this machine has none of its recipe. Whoever comes second waits for the first. */
export async function ensureImage(engine: Engine, suite: Suite, onProgress: (line: string) => void): Promise<string> {
  const recipe = recipeOf(suite);
  const reference = imageReference(recipe);
  if (await hasImage(engine, reference)) return reference;
  if (suite === "tiny") await ensureImage(engine, tinyBase, onProgress);
  const wait = () => onProgress(`waiting for another process that is building the ${suite} image`);
  await withMachineLock(`image-${suite}`, wait, async () => {
    if (await hasImage(engine, reference)) return;
    onProgress(`building the ${suite} image (once a machine)`);
    const started = performance.now();
    await (recipe.suite === "tiny" ? buildTiny : buildDebian)({ engine, recipe, reference, onProgress });
    onProgress(`built the ${suite} image in ${Math.round((performance.now() - started) / 1000)} s`);
  });
  return reference;
}

async function hasImage(engine: Engine, reference: string): Promise<boolean> {
  const { code } = await engine.run(["image", "inspect", "--format", "{{.Id}}", reference], { check: false });
  return code === 0;
}
