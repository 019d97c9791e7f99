import { setTimeout as sleep } from "node:timers/promises";
import type { Query, ShellKindDefinition } from "@evenkeel/core";
import { defineKind, InternalError } from "@evenkeel/core";
import { claim } from "./claim.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { HostRecords, UnfinishedRun } from "./ledger/records.ts";
import type { OnHost } from "./on-host.ts";

/** Begins the names of jobs that are meant to outlive their run. */
export const IN_BACKGROUND = "async-";

/** The engine's own records on a host, asked for as anything else is: so they travel with the first questions. */
export function recordsKind(ledger: Ledger) {
  const definition: ShellKindDefinition<HostRecords, never> = {
    name: "evenkeel-records",
    read: () => ledger.script,
    parse: (output, keys) =>
      new Map(keys.map((key) => [key, ledger.take({ code: 0, stdout: output, stderr: output })])),
    ensure: () => {
      throw new InternalError({ code: "runner/records", message: "the engine's records are no module's business" });
    },
    isAsPlanned: () => true,
    isAbsent: () => false,
    describe: () => ({}),
  };
  return defineKind(definition);
}

/**
 * The first questions: what the host remembers of earlier runs, and all that the play's tasks can ask now. What was left
 * to be done is called for; a run that has not ended is gone on with.
 */
export async function recordsOf(on: OnHost): Promise<void> {
  const { host, run, play, ahead } = on;
  if (host.records) return seed(on, host.records);
  const query: Query<HostRecords> = { kind: "evenkeel-records", key: "" };
  const account = host.ledgerAccount;
  await host.world.learn([{ account, query }], () => ahead.asked(play.nodes));
  host.records = host.world.answer(account, query).state as HostRecords;
  if (run.mode === "apply" && unfinishedOf(on)) await takeOver(on);
  const { records } = host;
  const unfinished = unfinishedOf(on);
  if (unfinished) {
    host.run = unfinished.run;
    run.emit({ type: "resumed", host: host.name, since: unfinished.since, owner: unfinished.owner });
    if (run.mode === "apply") await waitForJobs(records, on);
  }
  const others = records.pending.filter(({ program }) => program !== run.program.name);
  if (others.length > 0) run.emit({ type: "pending", host: host.name, actions: others, isOurs: false });
  seed(on, records);
}

/** The same program's run that has begun here and has not ended, if it is not this one. */
function unfinishedOf({ host, run }: OnHost): UnfinishedRun | undefined {
  return host.records?.runs.find((each) => each.program === run.program.name && each.run !== host.run);
}

/** It may be alive: nothing of it is in doubt before the host is ours, and it may have ended while we waited for that. */
async function takeOver({ host, run, tools }: OnHost): Promise<void> {
  await claim(host, run, tools);
  const [answer] = await host.ledgerAccount.port.exchange([{ script: host.ledger.script }]);
  host.records = host.ledger.take(answer);
}

/** What the run that was cut had begun goes on by itself; only when it has ended does the host tell how it is. */
async function waitForJobs({ jobs }: HostRecords, { host, run }: OnHost): Promise<void> {
  let left = jobs.filter((id) => !id.startsWith(IN_BACKGROUND));
  if (left.length === 0) return;
  run.emit({
    type: "note",
    host: host.name,
    text: "a command of the earlier run is still running; waiting for its end",
  });
  while (left.length > 0 && !run.signal?.aborted) {
    await sleep(1000);
    const [answer] = await host.ledgerAccount.port.exchange([{ script: host.ledger.script }]);
    const { jobs: now } = host.ledger.take(answer);
    left = left.filter((id) => now.includes(id));
  }
  host.world.forgetAll();
}

function seed({ host, run, play }: OnHost, { pending }: HostRecords): void {
  const ours = pending.filter((each) => each.program === run.program.name && each.play === play.name);
  const fresh = ours.filter(({ id }) => !host.seeded.has(id));
  for (const each of fresh) {
    host.seeded.add(each.id);
    host.called.set(each.id, each);
  }
  if (fresh.length > 0) run.emit({ type: "pending", host: host.name, actions: fresh, isOurs: true });
}
