import type { FaultHost, HostFault } from "./host-fault.ts";
import { hostFault } from "./host-fault.ts";

/** Freezes every process of the host: connections stay, nobody answers. */
export async function pauseHost(host: FaultHost): Promise<HostFault> {
  await host.pause();
  return hostFault(() => host.resume());
}

/** Takes the host down, as a power cut does unless told otherwise. Undoing boots it again. */
export async function stopHost(host: FaultHost, { hard = true }: { hard?: boolean } = {}): Promise<HostFault> {
  await host.stop({ hard });
  return hostFault(() => host.start());
}
