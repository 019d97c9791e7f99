import { randomUUID } from "node:crypto";
import type { AddedHost } from "@evenkeel/core";
import { ConnectError } from "@evenkeel/core";
import type { HostTally } from "./events.ts";
import { HostRun } from "./host-run.ts";
import type { Pending } from "./ledger/records.ts";
import type { Run, Tools } from "./run.ts";
import { runPlay } from "./run-play.ts";
import { Turns } from "./turns.ts";

/** Runs a program's plays, one after the other, and says what each host came to. */
export async function runPlaybook(run: Run): Promise<Readonly<Record<string, HostTally>>> {
  const tools: Tools = {
    kinds: new Map(run.kinds.map((kind) => [kind.name, kind])),
    executors: new Map(run.executors.map((executor) => [executor.do, executor])),
    fault: run.fault ?? (() => undefined),
  };
  const id = randomUUID();
  const hosts = new Map<string, HostRun>();
  const hostRun = (name: string) => {
    const host = hosts.get(name) ?? new HostRun(name, id, run, tools.kinds);
    hosts.set(name, host);
    return host;
  };
  const added: AddedHost[] = [];
  const failed = new Set<string>();
  const forks = new Turns(run.forks);
  try {
    for (const play of run.program.plays) {
      if (!(await runPlay(play, { run, tools, forks, failed, added, hostRun }))) break;
      if (run.signal?.aborted) break;
    }
  } finally {
    await Promise.all([...hosts.values()].map((host) => release(host, run, tools)));
  }
  const played = [...hosts.values()].filter(({ isInPlay }) => isInPlay);
  const tallies = Object.fromEntries(played.map((host) => [host.name, host.tally]));
  run.emit({ type: "summary", mode: run.mode, hosts: tallies, pending: pendingOn(hosts) });
  return tallies;
}

/** A run that has ended, well or not, leaves no lock and nothing in doubt. What was called for and not done stays on record. */
async function release(host: HostRun, run: Run, tools: Tools): Promise<void> {
  if (!host.ledger.isHeld) return;
  tools.fault("release");
  try {
    await host.ledger.release(run.program.name);
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    run.emit({
      type: "note",
      host: host.name,
      text: "its lock could not be given back, and ends by itself within a minute",
    });
  }
}

function pendingOn(hosts: ReadonlyMap<string, HostRun>): Readonly<Record<string, readonly Pending[]>> {
  const left = [...hosts.values()].map((host) => [host.name, [...host.called.values()]] as const);
  return Object.fromEntries(left.filter(([, actions]) => actions.length > 0));
}
