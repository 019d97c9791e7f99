import { LabUnavailable } from "../lab-unavailable.ts";
import { installCommand, installPackages, missingPackages } from "../machine/packages.ts";
import { findPrivilege } from "../machine/privilege.ts";
import { findDocker } from "./docker.ts";
import type { Engine } from "./engine.ts";
import { findPodman, podmanPackages } from "./podman.ts";

export type EngineSearch = {
  /** Install podman, or the parts of it that are missing, where that can be done (default). */
  install?: boolean;
  onProgress?: (line: string) => void;
};

/** The engine to use here: podman as root, else docker if it answers, else podman once installed. */
export async function findEngine(search: EngineSearch = {}): Promise<Engine> {
  if (process.platform !== "linux") throw notLinux();
  const only = process.env.EVENKEEL_LAB_ENGINE;
  const privilege = await findPrivilege();
  const podman = privilege && only !== "docker" ? await findPodman(privilege) : undefined;
  if (podman?.engine) {
    if (search.install !== false) await complete(privilege ?? [], search);
    return podman.engine;
  }
  const docker = only === "podman" ? undefined : await findDocker(privilege);
  if (docker) return docker;
  if (only === "docker") throw noDocker();
  if (!privilege) throw noPrivilege();
  if (podman?.problem) throw new LabUnavailable("engine-broken", podman.problem, "podman info   (shows the same)");
  return installed(privilege, search);
}

/** Podman is there; what it needs for a lab's hosts may not be. */
async function complete(privilege: readonly string[], { onProgress }: EngineSearch): Promise<void> {
  const missing = (await missingPackages(podmanPackages)) ?? [];
  if (missing.length > 0) await installPackages(privilege, missing, onProgress);
}

async function installed(privilege: readonly string[], { install, onProgress }: EngineSearch): Promise<Engine> {
  const missing = await missingPackages(podmanPackages);
  if (!missing) throw noEngine("install podman or docker, with this system's own package manager");
  if (install === false) throw noEngine(installCommand(missing));
  await installPackages(privilege, missing, onProgress);
  const podman = await findPodman(privilege);
  if (podman.engine) return podman.engine;
  throw new LabUnavailable("engine-broken", podman.problem ?? "podman is installed, and not found", "podman info");
}

const notLinux = () =>
  new LabUnavailable(
    "not-linux",
    `hosts need a Linux kernel, and this is ${process.platform}`,
    "run it in a Linux virtual machine (Lima, multipass, WSL 2)",
  );

const noPrivilege = () =>
  new LabUnavailable(
    "no-privilege",
    "podman needs root here, sudo asks for a password, and docker does not answer",
    "sudo -v   (and again within some minutes), or start docker",
  );

const noDocker = () =>
  new LabUnavailable(
    "no-engine",
    "EVENKEEL_LAB_ENGINE asks for docker, which does not answer",
    "docker info   (says why)",
  );

const noEngine = (remedy: string) => new LabUnavailable("no-engine", "neither podman nor docker answers", remedy);
