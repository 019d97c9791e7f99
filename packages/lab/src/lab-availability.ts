import { findEngine } from "./engine/find-engine.ts";
import { LabUnavailable } from "./lab-unavailable.ts";

export type LabAvailability = { isAvailable: true } | { isAvailable: false; problem: LabUnavailable };

/** Whether this machine can run a lab, now or after installing podman; for test runners that skip, or fail in CI. */
export async function labAvailability(
  options: { install?: boolean; onProgress?: (line: string) => void } = {},
): Promise<LabAvailability> {
  try {
    await findEngine(options);
    return { isAvailable: true };
  } catch (error) {
    if (error instanceof LabUnavailable) return { isAvailable: false, problem: error };
    throw error;
  }
}
