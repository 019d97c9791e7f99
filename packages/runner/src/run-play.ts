import type { AddedHost, Handler, Play, Task } from "@evenkeel/core";
import { ConnectError, InputError } from "@evenkeel/core";
import { Ahead } from "./ahead.ts";
import { batchesOf } from "./batches.ts";
import { Behind } from "./behind.ts";
import { finishingOf, finishKinds } from "./finish.ts";
import { recordsOf } from "./first-questions.ts";
import { flushHandlers } from "./flush-handlers.ts";
import type { HostRun } from "./host-run.ts";
import type { OnHost } from "./on-host.ts";
import { Leaves, TaskFailed } from "./on-host.ts";
import { Progress } from "./progress.ts";
import type { Run, Tools } from "./run.ts";
import type { Turns } from "./turns.ts";
import { walk } from "./walk.ts";

/** What the plays of one run share. */
export interface Across {
  readonly run: Run;
  readonly tools: Tools;
  readonly forks: Turns;
  /** Who is out of the run: failed, or not to be reached. */
  readonly failed: Set<string>;
  readonly added: AddedHost[];
  hostRun(name: string): HostRun;
}

/** One play: batch by batch, and the hosts of a batch side by side. False when it has been given up for all. */
export async function runPlay(play: Play, across: Across): Promise<boolean> {
  const { run, failed, added } = across;
  const hosts = play.hosts({ failed, added });
  run.emit({ type: "play", name: play.name, hosts });
  for (const batch of batchesOf(hosts, play.serial)) {
    const verdict = new Verdict(play, batch, failed);
    const progress = new Progress(batch);
    const throttles = new Map<Task, Turns>();
    const ways = await Promise.allSettled(
      batch.map((name) => onHost(name, play, across, { progress, verdict, throttles, hosts: batch })),
    );
    for (const way of ways) if (way.status === "rejected") throw way.reason;
    if (verdict.isFatal || batch.every((name) => failed.has(name))) return false;
    if (verdict.isOver) break;
  }
  return true;
}

/** When the failure of some ends the play for all. */
class Verdict {
  readonly #play: Play;
  readonly #batch: readonly string[];
  readonly #failed: ReadonlySet<string>;
  /** Nobody goes on in this play. */
  isOver = false;
  /** Nor in those after it. */
  isFatal = false;

  constructor(play: Play, batch: readonly string[], failed: ReadonlySet<string>) {
    this.#play = play;
    this.#batch = batch;
    this.#failed = failed;
  }

  weigh(isFatal: boolean): void {
    const share = (100 * this.#batch.filter((name) => this.#failed.has(name)).length) / this.#batch.length;
    const most = this.#play.maxFailPercentage;
    if (isFatal || (most !== undefined && share > most)) {
      this.isOver = true;
      this.isFatal = true;
    }
  }
}

/** What the hosts of one batch share. */
interface Batch {
  readonly hosts: readonly string[];
  readonly progress: Progress;
  readonly verdict: Verdict;
  readonly throttles: Map<Task, Turns>;
}

async function onHost(
  name: string,
  play: Play,
  across: Across,
  { progress, verdict, throttles, hosts: batch }: Batch,
): Promise<void> {
  const { run, tools, forks, failed } = across;
  const host = across.hostRun(name);
  host.isInPlay = true;
  const handlers: Handler[] = [...play.handlers];
  const on: OnHost = {
    run,
    tools,
    play,
    host,
    mode: run.mode,
    ahead: new Ahead(host, run.speculate),
    progress,
    forks,
    throttles,
    position: [],
    isHandler: false,
    handlers: () => handlers,
    addHandlers: (more) => {
      for (const each of more) if (!handlers.some(({ id }) => id === each.id)) handlers.push(each);
    },
    hostRun: across.hostRun,
    addHost: (added) => {
      const named = added.name === "" ? { ...added, name } : added;
      across.added.push(named);
      run.addHost(named);
    },
    finishLater: (change) => {
      const changes = host.unfinished.get(change.kind) ?? [];
      for (const pending of finishingOf([change], "", host, play, run, tools)) {
        host.unfinished.set(change.kind, [...changes, change]);
        host.called.set(pending.id, pending);
      }
    },
    flush: (here, only) => flushHandlers(here, walk, only),
    say: () => undefined,
    isRetriable: (error) => error instanceof Behind,
    isOver: () => verdict.isOver || run.signal?.aborted === true,
  };
  const demandAsFar = (other: string) => {
    if (play.strategy !== "free" && progress.isBehind(other, name)) throw new Behind(other);
  };
  Object.assign(host.memory, { batch, demandAsFar });
  try {
    await recordsOf(on);
    await throughPlay(on);
  } catch (error) {
    if (error instanceof Leaves) {
      if (error.action === "end_play") verdict.isOver = true;
    } else {
      failed.add(name);
      if (error instanceof TaskFailed) verdict.weigh(isFatal(error, on));
      else if (error instanceof ConnectError || error instanceof InputError || isStepError(error)) {
        host.count(error instanceof ConnectError ? "unreachable" : "failed");
        run.emit({ type: "failed", host: name, error });
        verdict.weigh(play.anyErrorsFatal);
      } else throw error;
    }
  } finally {
    progress.leave(name);
  }
}

function isStepError(error: unknown): boolean {
  return error instanceof Error && error.name === "StepError";
}

async function throughPlay(on: OnHost): Promise<void> {
  // Whoever has come to the end is ahead of all tasks.
  const atEnd = { ...on, position: [on.play.nodes.length] };
  try {
    await walk(on.play.nodes, on);
    await flushHandlers(atEnd, walk);
  } catch (error) {
    if (error instanceof TaskFailed && error.ended.outcome !== "unreachable") {
      if (on.play.runsHandlersOnFailure) await flushHandlers(atEnd, walk);
      await finishKinds(on);
    } else if (error instanceof Leaves) {
      await flushHandlers(atEnd, walk);
      await finishKinds(on);
    }
    throw error;
  }
  await finishKinds(on);
}

function isFatal({ task }: TaskFailed, { host, play }: OnHost): boolean {
  if (play.anyErrorsFatal) return true;
  return task.node === "task" && task.anyErrorsFatal.resolve(task.scope(host.memory));
}
