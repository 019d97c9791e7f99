import { limitFlags } from "../engine/run-arguments.ts";
import { withBuildDirectory } from "../machine/build-directory.ts";
import { readLimits } from "../machine/limits.ts";
import type { Build } from "./build.ts";
import { imageLabels } from "./build.ts";
import { insideDirectory } from "./debian-scripts.ts";
import { imageReference, recipeOf, tinyBase } from "./recipe.ts";
import { bootTiny, carveTiny } from "./tiny-scripts.ts";

/** Cuts busybox and dropbear, with the libraries that they need, out of the Debian image. */
export async function buildTiny({ engine, recipe, reference, onProgress }: Build): Promise<void> {
  const install = `apt-get update -q && apt-get install -y -q --no-install-recommends ${recipe.packages.join(" ")}`;
  const boot = `cat > /tiny${insideDirectory}/boot && chmod 0755 /tiny${insideDirectory}/boot`;
  const script = [install, carveTiny, boot, "tar -cf /build/root.tar -C /tiny ."].join("\n");
  await withBuildDirectory(engine.privilege ?? [], async (directory) => {
    onProgress("  taking busybox and dropbear from Debian");
    const place = [`--volume=${directory}:/build`, "--security-opt=label=disable"];
    const run = ["run", "--rm", "--interactive", ...limitFlags(readLimits()), ...place];
    await engine.run([...run, imageReference(recipeOf(tinyBase)), "sh", "-ec", script], { stdin: bootTiny });
    const changes = imageLabels(recipe).flatMap((label) => ["--change", `LABEL ${label}`]);
    await engine.run(["import", ...changes, `${directory}/root.tar`, reference]);
  });
}
