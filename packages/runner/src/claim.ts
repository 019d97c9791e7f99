import { setTimeout as sleep } from "node:timers/promises";
import { StepError } from "@evenkeel/core";
import type { HostRun } from "./host-run.ts";
import type { Holder, HostRecords } from "./ledger/records.ts";
import type { Run, Tools } from "./run.ts";

const ASK_AGAIN_MS = 2_000;

/**
 * Makes a host ours before its first change; waits if asked to. True when that has just happened: whatever was known of
 * the host must be asked again.
 */
export async function claim(host: HostRun, run: Run, tools: Tools): Promise<boolean> {
  if (host.ledger.isHeld) return false;
  const { holder, program, lockWaitMs } = run;
  const unfinished = { program: program.name, run: host.run, since: holder.since, owner: holder.owner };
  const started = performance.now();
  let dead = deadToken(host.records?.lock, holder);
  for (;;) {
    const lock = await host.ledger.acquire(unfinished, dead);
    if (lock === undefined) break;
    run.emit({ type: "waiting", host: host.name, holder: lock.holder, secondsLeft: lock.secondsLeft });
    if (performance.now() - started >= lockWaitMs) throw locked(lock);
    await sleep(ASK_AGAIN_MS, undefined, { ...(run.signal && { signal: run.signal }) });
    dead = deadToken(lock, holder);
  }
  tools.fault("lock");
  host.world.forgetAll();
  return true;
}

/** A lock of a process of this machine that is no more. */
function deadToken(lock: HostRecords["lock"], us: Holder): string | undefined {
  if (lock?.holder === undefined || lock.holder.machine !== us.machine) return undefined;
  try {
    process.kill(lock.holder.process, 0);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH" ? lock.token : undefined;
  }
}

function locked({ holder, secondsLeft }: NonNullable<HostRecords["lock"]>): StepError {
  const who = holder ? `${holder.owner} since ${holder.since}, for ${holder.reason}` : "somebody who has not said who";
  return new StepError({
    code: "runner/locked",
    message: `another run has this host: ${who}`,
    hint: `--wait waits for it; if it has died, its lock ends by itself within ${Math.max(1, secondsLeft)} s`,
  });
}
