import { findEngine } from "../engine/find-engine.ts";
import { readNetworks } from "./claim-network.ts";
import { inputProblems } from "./input-problems.ts";
import { Lab } from "./lab.ts";
import { readDeployPassword, readPublicKey } from "./lab-directory.ts";
import { listLabs } from "./list-labs.ts";

/** A lab that is already there, from this process or another. It does not end with this process. */
export async function openLab(
  name: string,
  { onProgress = () => undefined }: { onProgress?: (line: string) => void } = {},
): Promise<Lab> {
  const engine = await findEngine({ install: false });
  const [networks, labs] = await Promise.all([readNetworks(engine), listLabs({ engine })]);
  const network = networks.find((candidate) => candidate.name === name);
  if (!network) throw inputProblems.noSuchLab(name);
  const { slot, directory } = network;
  const hosts = labs.find((lab) => lab.name === name)?.hosts ?? [];
  const secrets = { deployPassword: readDeployPassword(directory), publicKey: readPublicKey(directory) };
  return new Lab({ engine, name, slot, directory, onProgress, ...secrets }, hosts);
}
