import type { AnyKind, AnyModule, Change, Observed, Query } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { HostTally, RunEvent } from "./events.ts";
import type { HostPort } from "./host-port.ts";
import { takeStep } from "./take-step.ts";
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
  const world = new World(run.kinds, run.host);
  await world.learn(run.tasks.flatMap((task) => Object.values(questions(task))));
  for (const task of run.tasks) {
    const asked = questions(task);
    await world.learn(Object.values(asked));
    const answers = Object.fromEntries(Object.entries(asked).map(([name, query]) => [name, world.answer(query)]));
    const changes = plan(task, answers);
    try {
      for (const change of changes) {
        emit({ type: "change", host: run.name, task: task.name, change });
        if (run.mode === "apply") await make(world, run.host, change);
        else world.lay(change);
      }
    } catch (error) {
      emit({ type: "failed", host: run.name, task: task.name, error });
      return { ...tally, failed: 1 };
    }
    tally[changes.length > 0 ? "changed" : "ok"]++;
    emit({ type: "task", host: run.name, task: task.name, outcome: changes.length > 0 ? "changed" : "ok" });
  }
  return tally;
}

function questions({ module, params }: ReadyTask): Readonly<Record<string, Query>> {
  return module.observe(params);
}

function plan({ module, params }: ReadyTask, answers: Readonly<Record<string, Observed>>): readonly Change[] {
  return module.plan(answers, params);
}

/** Makes a change, and looks whether it is so. */
async function make(world: World, host: HostPort, change: Change): Promise<void> {
  for (const step of change.steps) await takeStep(host, step);
  world.forget(change);
  await world.learn([change]);
  if (world.isAsPlanned(change)) return;
  const kind = world.kind(change.kind);
  throw new StepError({
    code: "runner/not-as-planned",
    message: `${change.kind} ${change.key} is not as planned after the change`,
    detail: `planned  ${JSON.stringify(kind.describe(change.after))}\nfound    ${JSON.stringify(kind.describe(world.answer(change).state))}`,
    hint: "something else on the host changes it too, or it does not take this value",
  });
}
