import { randomBytes } from "node:crypto";
import { findEngine } from "../engine/find-engine.ts";
import { checkName } from "./check-name.ts";
import { claimNetwork } from "./claim-network.ts";
import { endWithProcess } from "./end-with-process.ts";
import { Lab } from "./lab.ts";
import { labDirectory, makeLabDirectory, readPublicKey } from "./lab-directory.ts";
import { removeLab } from "./remove-lab.ts";
import { sweep } from "./sweep.ts";

export type CreateLab = {
  /** A name of your own; else the lab is called after its addresses: lab-10 has 127.0.10.x. */
  name?: string;
  /** Let it outlive this process; `evenkeel lab down` then ends it. */
  keep?: boolean;
  onProgress?: (line: string) => void;
};

/** Makes an empty lab. It ends with `down()`, with `await using`, or at the latest with this process. */
export async function createLab({ name, keep = false, onProgress = () => undefined }: CreateLab = {}): Promise<Lab> {
  if (name !== undefined) checkName("lab", name);
  const engine = await findEngine({ onProgress });
  await sweep({ engine });
  const claim = await claimNetwork(engine, name, labDirectory);
  try {
    const deployPassword = randomBytes(12).toString("base64url");
    await makeLabDirectory(claim.directory, deployPassword);
    const publicKey = readPublicKey(claim.directory);
    const lab = new Lab({ ...claim, engine, deployPassword, publicKey, onProgress });
    lab.atEnd(endWithProcess(engine, claim.name));
    if (keep) lab.keep();
    return lab;
  } catch (error) {
    await removeLab(claim.name, { engine });
    throw error;
  }
}
