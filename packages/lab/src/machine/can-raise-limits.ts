import { runCommand } from "./run-command.ts";

const CAP_SYS_RESOURCE = 24n;

/** Whether root may raise hard limits here; in some containers and small virtual machines it may not. */
export async function canRaiseLimits(privilege: readonly string[]): Promise<boolean> {
  const { stdout } = await runCommand([...privilege, "cat", "/proc/self/status"]);
  return hasCapability(stdout, CAP_SYS_RESOURCE);
}

export function hasCapability(status: string, capability: bigint): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0";
  return ((BigInt(`0x${effective}`) >> capability) & 1n) === 1n;
}
