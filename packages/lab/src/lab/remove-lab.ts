import { rmSync } from "node:fs";
import type { Engine } from "../engine/engine.ts";
import { findEngine } from "../engine/find-engine.ts";
import { runCommand } from "../machine/run-command.ts";
import { inputProblems } from "./input-problems.ts";
import { labels, networkName } from "./labels.ts";

/** Removes a lab with all its hosts, its own snapshots, its keys and, last, the network that holds its claim. */
export async function removeLab(name: string, { engine }: { engine?: Engine } = {}): Promise<void> {
  const used = engine ?? (await findEngine({ install: false }));
  const filter = `--filter=label=${labels.lab}=${name}`;
  const containers = await used.lines(["ps", "--all", "--quiet", filter]);
  if (containers.length > 0) await removeContainers(used, containers);
  const images = await used.lines(["images", "--quiet", filter]);
  if (images.length > 0) await used.run(["rmi", "--force", ...new Set(images)]);
  const network = await used.run(
    ["network", "inspect", `--format={{index .Labels "${labels.directory}"}}`, networkName(name)],
    { check: false },
  );
  if (network.code !== 0 && containers.length === 0) throw inputProblems.noSuchLab(name);
  await removeDirectory(used, network.stdout.trim());
  await used.run(["network", "rm", networkName(name)], { check: network.code === 0 });
}

export async function removeContainers(engine: Engine, containers: readonly string[]): Promise<void> {
  const force = engine.kind === "podman" ? ["--force", "--ignore", "--time=0"] : ["--force"];
  await engine.run(["rm", ...force, "--volumes", ...containers]);
}

async function removeDirectory(engine: Engine, directory: string): Promise<void> {
  if (directory === "") return;
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch (error) {
    // Another user's, whose lab is left over.
    if (!engine.privilege) throw error;
    await runCommand([...engine.privilege, "rm", "-rf", "--one-file-system", directory]);
  }
}
