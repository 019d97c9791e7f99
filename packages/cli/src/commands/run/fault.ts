import type { FaultPoint } from "@evenkeel/runner";

/**
 * Kills this process at its k-th fault point, for the tests that show that nothing is lost wherever that is:
 * `EVENKEEL_FAULT_KILL_AT=k`. Without it there is no such thing.
 */
export function faultFrom(environment: NodeJS.ProcessEnv): ((point: FaultPoint) => void) | undefined {
  const at = Number(environment.EVENKEEL_FAULT_KILL_AT ?? 0);
  if (!(at > 0)) return undefined;
  let count = 0;
  return () => {
    if (++count === at) process.kill(process.pid, "SIGKILL");
  };
}
