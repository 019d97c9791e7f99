import { randomUUID } from "node:crypto";
import type { AnyKind, AnyModule, Change, HostPort, Observed, Query } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { HostTally, RunEvent } from "./events.ts";
import { takeStep } from "./take-step.ts";
import type { Account } from "./world.ts";
import { World } from "./world.ts";

/** A task whose parameters have been resolved and checked. */
export interface ReadyTask {
  readonly name: string;
  readonly module: AnyModule;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Converge {
  readonly name: string;
  readonly host: HostPort;
  readonly tasks: readonly ReadyTask[];
  readonly kinds: readonly AnyKind[];
  /** `plan` only says what `apply` would do. */
  readonly mode: "plan" | "apply";
}

/**
 * Brings one host to where its tasks want it. All tasks' questions travel together; what a change may have spoilt is
 * asked again when next needed; what was changed is looked at again and must be as planned.
 */
export async function converge(run: Converge, emit: (event: RunEvent) => void): Promise<HostTally> {
  const tally = { ok: 0, changed: 0, failed: 0, skipped: 0, unreachable: false };
  const account: Account = { user: "", port: run.host };
  const world = new World(new Map(run.kinds.map((kind) => [kind.name, kind])));
  await world.learn(run.tasks.flatMap((task) => questions(task).map((query) => ({ account, query }))));
  for (const task of run.tasks) {
    const asked: Record<string, Query> = task.module.observe(task.params);
    await world.learn(Object.values(asked).map((query) => ({ account, query })));
    const answers: Record<string, Observed> = Object.fromEntries(
      Object.entries(asked).map(([name, query]) => [name, world.answer(account, query)]),
    );
    try {
      const changes = task.module.plan(answers, task.params);
      for (const change of changes) {
        emit({ type: "change", host: run.name, task: task.name, change });
        if (run.mode === "apply") await make(world, account, change);
        else world.lay(change);
      }
      tally[changes.length > 0 ? "changed" : "ok"]++;
      emit({ type: "task", host: run.name, task: task.name, outcome: changes.length > 0 ? "changed" : "ok" });
    } catch (error) {
      emit({ type: "failed", host: run.name, task: task.name, error });
      return { ...tally, failed: 1 };
    }
  }
  return tally;
}

function questions({ module, params }: ReadyTask): readonly Query[] {
  return Object.values(module.observe(params)).flat() as Query[];
}

/** Makes a change, and looks whether it is so. */
async function make(world: World, account: Account, change: Change): Promise<void> {
  for (const step of change.steps) await takeStep(step, { port: account.port, id: randomUUID(), executors: new Map() });
  world.forget(change);
  await world.learn([{ account, query: change }]);
  if (world.isAsPlanned(account, change)) return;
  const kind = world.kind(change.kind);
  throw new StepError({
    code: "runner/not-as-planned",
    message: `${change.kind} ${change.key} is not as planned after the change`,
    detail: `planned  ${JSON.stringify(kind.describe(change.after))}\nfound    ${JSON.stringify(kind.describe(world.answer(account, change).state))}`,
    hint: "something else on the host changes it too, or it does not take this value",
  });
}
