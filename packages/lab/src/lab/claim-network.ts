import { networkInterfaces } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../engine/engine.ts";
import { CommandFailed } from "../machine/command-failed.ts";
import type { Slot } from "./addresses.ts";
import { firstSlot, gatewayOf, lastSlot, slotOfSubnet, subnetOf } from "./addresses.ts";
import { inputProblems } from "./input-problems.ts";
import { labelFlags, labels, networkLabels, networkName } from "./labels.ts";

export type Claim = { name: string; slot: Slot; directory: string };

/**
 * Takes a name and a share of the machine's addresses by making the lab's network: the engine refuses a second network
 * of one name or of one subnet, so whoever makes it owns both, and nothing else needs to be locked or recorded.
 */
export async function claimNetwork(
  engine: Engine,
  wanted: string | undefined,
  directoryOf: (name: string) => string,
): Promise<Claim> {
  for (let slot = firstSlot; slot <= lastSlot; slot++) {
    const taken = await readNetworks(engine);
    if (wanted && taken.some(({ name }) => name === wanted)) throw inputProblems.nameTaken(wanted);
    while (taken.some((network) => network.slot === slot) || isOnMachine(slot)) slot++;
    const name = wanted ?? `lab-${slot}`;
    const refused = await makeNetwork(engine, { name, slot, directory: directoryOf(name) });
    if (!refused) return { name, slot, directory: directoryOf(name) };
    // Someone was quicker with this very name or subnet, and the next look shows it. Anything else is an error.
    if (!(await appears(engine, { name, slot }))) throw refused;
  }
  throw inputProblems.noFreeAddresses();
}

/** An engine may refuse what another process is making before it lists it. */
async function appears(engine: Engine, { name, slot }: Pick<Claim, "name" | "slot">): Promise<boolean> {
  for (let look = 0; look < 10; look++) {
    const now = await readNetworks(engine);
    if (isOnMachine(slot) || now.some((network) => network.slot === slot || network.name === name)) return true;
    await pause(100);
  }
  return false;
}

export type LabNetwork = Claim & { owner: string };

/** The networks of all labs, of whatever process and user. */
export async function readNetworks(engine: Engine): Promise<LabNetwork[]> {
  const names = await engine.lines(["network", "ls", `--filter=label=${labels.lab}`, "--format={{.Name}}"]);
  const networks = await Promise.all(names.map((name) => readNetwork(engine, name)));
  return networks.filter((network) => network !== undefined);
}

async function readNetwork(engine: Engine, network: string): Promise<LabNetwork | undefined> {
  const { code, stdout } = await engine.run(["network", "inspect", network], { check: false });
  // Removed since it was listed.
  if (code !== 0) return undefined;
  const [details] = JSON.parse(stdout) as [NetworkDetails];
  const values = details.labels ?? details.Labels ?? {};
  const subnet = details.subnets?.[0]?.subnet ?? details.IPAM?.Config?.[0]?.Subnet ?? "";
  return {
    name: values[labels.lab] ?? "",
    owner: values[labels.owner] ?? "",
    directory: values[labels.directory] ?? "",
    slot: slotOfSubnet(subnet),
  };
}

/** Podman writes it with small letters, docker with large ones. */
type NetworkDetails = {
  labels?: Record<string, string>;
  Labels?: Record<string, string>;
  subnets?: { subnet: string }[];
  IPAM?: { Config?: { Subnet: string }[] };
};

async function makeNetwork(engine: Engine, { name, slot, directory }: Claim): Promise<CommandFailed | undefined> {
  const place = [`--subnet=${subnetOf(slot)}`, `--gateway=${gatewayOf(slot)}`];
  // Hosts know each other from /etc/hosts; a name server on the machine would be one more thing to collide with.
  const quiet = engine.kind === "podman" ? ["--disable-dns", "--opt=isolate=true"] : [];
  const argv = [
    "network",
    "create",
    ...place,
    ...quiet,
    ...labelFlags(networkLabels(name, directory)),
    networkName(name),
  ];
  const result = await engine.run(argv, { check: false });
  return result.code === 0 ? undefined : new CommandFailed([engine.kind, ...argv], result);
}

/** Another engine's lab, or anyone's interface, has the range. */
function isOnMachine(slot: Slot): boolean {
  const start = subnetOf(slot).replace(/0\/24$/, "");
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address.startsWith(start)),
  );
}
