import { rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../engine/engine.ts";
import { findEngine } from "../engine/find-engine.ts";
import { CommandFailed } from "../machine/command-failed.ts";
import type { CommandResult } from "../machine/run-command.ts";
import { runCommand } from "../machine/run-command.ts";
import { inputProblems } from "./input-problems.ts";
import { labels, networkName } from "./labels.ts";

/**
 * Removes a lab with all its hosts, its own snapshots, its keys and, last, the network that holds its claim. Another
 * process may be sweeping the same lab, so what counts is not that each command succeeds but that all is gone.
 */
export async function removeLab(name: string, { engine }: { engine?: Engine } = {}): Promise<void> {
  const used = engine ?? (await findEngine({ install: false }));
  const [containers, directory] = await Promise.all([containersOf(used, name), directoryOf(used, name)]);
  if (directory === undefined && containers.length === 0) throw inputProblems.noSuchLab(name);
  const removal = containers.length > 0 ? await removeContainers(used, containers) : undefined;
  const images = await used.lines(["images", "--quiet", `--filter=label=${labels.lab}=${name}`]);
  if (images.length > 0) await used.run(["rmi", "--force", ...new Set(images)], { check: false });
  if (removal && !(await areGone(() => containersOf(used, name)))) throw failure(used, "rm", removal);
  if (directory) await removeDirectory(used, directory);
  const network = await used.run(["network", "rm", networkName(name)], { check: false });
  if ((await directoryOf(used, name)) !== undefined) throw failure(used, "network rm", network);
}

/** Docker refuses to remove what another process is removing, and lists it until that is done. */
async function areGone(look: () => Promise<string[]>): Promise<boolean> {
  for (let looks = 0; looks < 50; looks++) {
    if ((await look()).length === 0) return true;
    await pause(100);
  }
  return false;
}

export function removeContainers(engine: Engine, containers: readonly string[]): Promise<CommandResult> {
  const force = engine.kind === "podman" ? ["--force", "--ignore", "--time=0"] : ["--force"];
  return engine.run(["rm", ...force, "--volumes", ...containers], { check: false });
}

const containersOf = (engine: Engine, lab: string): Promise<string[]> =>
  engine.lines(["ps", "--all", "--quiet", `--filter=label=${labels.lab}=${lab}`]);

/** The lab's folder as its network has it; undefined when there is no such network. */
async function directoryOf(engine: Engine, lab: string): Promise<string | undefined> {
  const format = `--format={{index .Labels "${labels.directory}"}}`;
  const { code, stdout } = await engine.run(["network", "inspect", format, networkName(lab)], { check: false });
  return code === 0 ? stdout.trim() : undefined;
}

const failure = (engine: Engine, command: string, result: CommandResult): CommandFailed =>
  new CommandFailed([engine.kind, command], result);

async function removeDirectory(engine: Engine, directory: string): Promise<void> {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch (error) {
    // Another user's, whose lab is left over.
    if (!engine.privilege) throw error;
    await runCommand([...engine.privilege, "rm", "-rf", "--one-file-system", directory]);
  }
}
