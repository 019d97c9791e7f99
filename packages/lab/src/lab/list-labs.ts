import type { Engine } from "../engine/engine.ts";
import { findEngine } from "../engine/find-engine.ts";
import type { Suite } from "../images/suites.ts";
import { isProcessAlive } from "../machine/process-identity.ts";
import { readNetworks } from "./claim-network.ts";
import { isKept } from "./lab-directory.ts";
import { labels } from "./labels.ts";

export type ListedHost = {
  name: string;
  address: string;
  suite: Suite;
  state: string;
  number: number;
  container: string;
};

export type ListedLab = {
  name: string;
  directory: string;
  /** kept: stays until taken down; owned: ends with its process; orphan: its process is gone. */
  life: "kept" | "owned" | "orphan";
  hosts: ListedHost[];
};

type Options = { engine?: Engine };

/** Every lab on this machine, whoever made it. */
export async function listLabs({ engine }: Options = {}): Promise<ListedLab[]> {
  const used = engine ?? (await findEngine({ install: false }));
  const [networks, containers] = await Promise.all([readNetworks(used), readContainers(used)]);
  // A container may have come to be just after its lab was swept away; without its network it is a lab of its own kind.
  const stray = [...containers.keys()].filter((lab) => !networks.some(({ name }) => name === lab));
  return [
    ...networks.map(({ name, directory, owner }) => ({
      name,
      directory,
      life: lifeOf(directory, owner),
      hosts: containers.get(name) ?? [],
    })),
    ...stray.map((name) => ({ name, directory: "", life: "orphan" as const, hosts: containers.get(name) ?? [] })),
  ];
}

/** Labs whose process is gone without having taken them down. */
export async function findOrphans(options: Options = {}): Promise<ListedLab[]> {
  return (await listLabs(options)).filter(({ life }) => life === "orphan");
}

function lifeOf(directory: string, owner: string): ListedLab["life"] {
  if (isKept(directory)) return "kept";
  return isProcessAlive(owner) ? "owned" : "orphan";
}

async function readContainers(engine: Engine): Promise<Map<string, ListedHost[]>> {
  const ids = await engine.lines(["ps", "--all", "--quiet", `--filter=label=${labels.host}`]);
  if (ids.length === 0) return new Map();
  // One that is removed meanwhile fails the command, but not the lines of the others.
  const format = "--format={{json .Name}} {{json .State.Status}} {{json .Config.Labels}}";
  const { stdout } = await engine.run(["container", "inspect", format, ...ids], { check: false });
  const hosts = stdout
    .split("\n")
    .filter((line) => line.startsWith('"'))
    .map(parseContainer);
  return Map.groupBy(
    hosts.sort((a, b) => a.number - b.number),
    ({ lab }) => lab,
  );
}

export function parseContainer(line: string): ListedHost & { lab: string } {
  const [name = "", state = "", ...rest] = line.split(" ");
  const values = JSON.parse(rest.join(" ")) as Record<string, string>;
  return {
    lab: values[labels.lab] ?? "",
    name: values[labels.host] ?? "",
    number: Number(values[labels.number]),
    address: values[labels.address] ?? "",
    suite: values[labels.suite] as Suite,
    state: JSON.parse(state) as string,
    // Docker writes a slash before it.
    container: (JSON.parse(name) as string).replace(/^\//, ""),
  };
}
