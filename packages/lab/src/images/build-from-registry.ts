import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { withBuildDirectory } from "../machine/build-directory.ts";
import { readAptSettings } from "./apt-settings.ts";
import type { Build } from "./build.ts";
import { imageLabels } from "./build.ts";
import type { Recipe } from "./recipe.ts";
import type { DebianSuite } from "./suites.ts";
import { writeScripts } from "./write-scripts.ts";

const registryImage = (suite: DebianSuite): string => `debian:${suite}-slim`;

/** Whether the engine's own registry hands out this release; asked for no longer than a person would wait. */
export async function registryHas(engine: Engine, suite: DebianSuite): Promise<boolean> {
  const asked = await engine.run(["manifest", "inspect", registryImage(suite)], { check: false, timeoutSeconds: 5 });
  return asked.code === 0;
}

export async function buildFromRegistry(
  { engine, recipe, reference, onProgress }: Build,
  suite: DebianSuite,
): Promise<void> {
  await withBuildDirectory(engine.privilege ?? [], async (directory) => {
    writeScripts(directory);
    writeFileSync(join(directory, "apt.conf"), await readAptSettings());
    writeFileSync(join(directory, "Containerfile"), containerfile(registryImage(suite), recipe));
    const say = (line: string) => /^(STEP|#\d+ \[)/.test(line) && onProgress(`  ${line}`);
    const once = engine.kind === "podman" ? ["--layers=false"] : [];
    const build = ["build", ...once, `--file=${join(directory, "Containerfile")}`, `--tag=${reference}`, directory];
    await engine.run(build, { onLine: say });
  });
}

export function containerfile(from: string, recipe: Recipe): string {
  const install = `apt-get install -y -q --no-install-recommends ${recipe.packages.join(" ")}`;
  return [
    `FROM ${from}`,
    "COPY scripts /usr/lib/evenkeel-lab",
    "COPY apt.conf /etc/apt/apt.conf.d/90machine",
    "COPY prepare.sh /run/prepare.sh",
    `RUN export DEBIAN_FRONTEND=noninteractive && apt-get update -q && ${install} && sh /run/prepare.sh && rm /run/prepare.sh`,
    ...imageLabels(recipe).map((label) => `LABEL ${label}`),
    'CMD ["/sbin/init"]',
    "",
  ].join("\n");
}
