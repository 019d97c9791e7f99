import type { Engine } from "../engine/engine.ts";
import { runArguments } from "../engine/run-arguments.ts";
import { insideDirectory, packagesInside } from "../images/debian-scripts.ts";
import { imageReference, recipeOf } from "../images/recipe.ts";
import type { Suite } from "../images/suites.ts";
import { isSuite } from "../images/suites.ts";
import { readLimits } from "../machine/limits.ts";
import { hardwareAddress, innerAddress, loopbackAddress, portsOf, takenPorts } from "./addresses.ts";
import { Host } from "./host.ts";
import { inputProblems } from "./input-problems.ts";
import { containerName, labels, networkName } from "./labels.ts";
import { packagesVolume } from "./packages-volume.ts";
import { removeContainers } from "./remove-lab.ts";
import { resolveImage } from "./snapshot.ts";

export type AddHost = {
  name: string;
  suite?: Suite;
  /** A snapshot to start from, instead of a suite. */
  image?: string;
  /** Whether sudo asks `deploy` for the lab's password (default: it asks for none). */
  sudo?: "nopasswd" | "password";
  /** TCP ports to reach beyond 22, 53, 80 and 443. */
  publish?: readonly number[];
};

type Boot = {
  engine: Engine;
  name: string;
  slot: number;
  number: number;
  wanted: AddHost;
  publicKey: string;
  deployPassword: string;
  hostsLines: () => string;
};

/** Starts one host of a lab and waits for its sshd. */
export async function bootHost(boot: Boot): Promise<{ host: Host; publicKey: string }> {
  const { engine, wanted, slot, number } = boot;
  const { image, suite } = await chooseImage(engine, wanted);
  const ports = portsOf(wanted.publish);
  // A server of the machine's own that listens everywhere holds the port on each loopback address too: then the host is
  // reached where the other hosts reach it.
  const loopback = takenPorts(ports).length === 0 ? loopbackAddress(slot, number) : undefined;
  const inner = innerAddress(slot, number);
  const address = loopback ?? inner;
  const container = containerName(boot.name, wanted.name);
  const identity = `${boot.name}/${number}/${Date.now()}`;
  const run = runArguments(engine.kind, {
    ...{ container, image, loopback, ports },
    hostname: wanted.name,
    network: networkName(boot.name),
    address: inner,
    hardwareAddress: hardwareAddress(slot, number),
    labels: hostLabels({ lab: boot.name, host: wanted.name, number, suite, address }),
    volumes: suite === "tiny" ? [] : [`${packagesVolume(suite)}:${packagesInside}`],
    limits: readLimits(),
    hasSystemd: suite !== "tiny",
    command: [`${insideDirectory}/boot`, identity, wanted.name, boot.publicKey, password(boot)],
  });
  const facts = { suite, container, address, name: wanted.name, innerAddress: inner };
  const host = new Host({ ...facts, engine, lab: boot.name, hostsLines: boot.hostsLines });
  try {
    await engine.run(run);
    return { host, publicKey: await host.settle() };
  } catch (error) {
    await removeContainers(engine, [container]);
    throw error;
  }
}

const password = ({ wanted, deployPassword }: Boot): string => (wanted.sudo === "password" ? deployPassword : "");

type HostFacts = { lab: string; host: string; number: number; suite: Suite; address: string };

const hostLabels = ({ lab, host, number, suite, address }: HostFacts): Record<string, string> => ({
  [labels.lab]: lab,
  [labels.host]: host,
  [labels.number]: String(number),
  [labels.suite]: suite,
  [labels.address]: address,
});

async function chooseImage(
  engine: Engine,
  { image, suite = "trixie" }: AddHost,
): Promise<{ image: string; suite: Suite }> {
  if (image === undefined) return { image: imageReference(recipeOf(suite)), suite };
  const reference = resolveImage(image);
  const format = `--format={{index .Config.Labels "${labels.suite}"}}`;
  const { code, stdout } = await engine.run(["image", "inspect", format, reference], { check: false });
  const found = stdout.trim();
  if (code === 0 && isSuite(found)) return { image: reference, suite: found };
  throw inputProblems.noSuchSnapshot(image);
}
