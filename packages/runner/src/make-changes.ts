import { hash, randomUUID } from "node:crypto";
import type { AnyKind, Change, RunStep, StepOutput } from "@evenkeel/core";
import { ConnectError, isAct, StepError } from "@evenkeel/core";
import { IN_BACKGROUND } from "./first-questions.ts";
import type { Pending } from "./ledger/records.ts";
import type { Tools } from "./run.ts";
import type { StepContext } from "./take-step.ts";
import { takeStep } from "./take-step.ts";
import type { Account, Asked, World } from "./world.ts";

/** Where changes are made, and under which name. */
export interface Making {
  readonly world: World;
  readonly account: Account;
  /** Names the task, its item and its attempt within the run: acts that were done under it are not done again. */
  readonly id: string;
  /** sh that succeeds while the host is ours, and writes down what these changes call for. None: they only look. */
  readonly guard?: (pending?: readonly Pending[]) => string;
  readonly pending: readonly Pending[];
  readonly environment: Readonly<Record<string, string>>;
  readonly tools: Tools;
  readonly onChange: (change: Change) => void;
  readonly onMade: (change: Change, milliseconds: number) => void;
  readonly onUndone: (change: Change, error?: unknown) => void;
  readonly onOutput: (stream: "stdout" | "stderr", text: string) => void;
  /** What else to ask while we look whether all is as planned. */
  readonly ahead: () => readonly Asked[];
  readonly signal?: AbortSignal;
  /** `async`: for how long it may run, and whether we stay with it. */
  readonly background?: { readonly deadlineMs: number; readonly isDetached: boolean };
}

/**
 * Makes a task's changes, in order, and looks whether they are so. When one fails, all of the task is taken back, last
 * first. What was changed is asked about in one exchange, together with what comes next.
 */
export async function makeChanges(changes: readonly Change[], making: Making): Promise<readonly StepOutput[]> {
  const outputs: StepOutput[] = [];
  const begun: Change[] = [];
  await making.world.heardAll();
  try {
    for (const [index, change] of changes.entries()) {
      making.onChange(change);
      begun.push(change);
      const start = performance.now();
      outputs.push(...(await make(change, index, making)));
      making.onMade(change, Math.round(performance.now() - start));
    }
    if (!making.background?.isDetached) await verify(changes, making);
    return outputs;
  } catch (error) {
    // A host that is away, or that may still be at it, is not written to.
    const isInDoubt = error instanceof ConnectError || (error instanceof StepError && isLeft.has(error.code));
    if (!isInDoubt) await undo(begun.toReversed(), making);
    for (const change of begun) making.world.forget(change);
    throw error;
  }
}

const isLeft = new Set(["step/unknown", "runner/lock-lost"]);

async function make(change: Change, index: number, making: Making): Promise<readonly StepOutput[]> {
  const outputs: StepOutput[] = [];
  for (const [at, step] of change.steps.entries()) {
    const isFirst = index === 0 && at === 0;
    const context = {
      ...contextOf(making, isFirst ? making.pending : []),
      id: jobId(change, [index, at, step], making),
      ...(making.background?.isDetached && { isDetached: true }),
    };
    const environed = step.do === "run" ? runStep(step, making) : step;
    making.tools.fault("step");
    try {
      outputs.push(await takeStep(environed, context));
    } catch (thrown) {
      const error = refused(thrown);
      const again = await resolveDoubt(error, change, making);
      if (again === "done") break;
      outputs.push(await takeStep(environed, { ...context, id: randomUUID() }));
    }
    making.tools.fault("stepped");
  }
  making.world.forget(change);
  return outputs;
}

function runStep(step: RunStep, { environment, background }: Making): RunStep {
  const deadlineMs = step.deadlineMs ?? background?.deadlineMs;
  return {
    ...step,
    environment: { ...environment, ...step.environment },
    ...(deadlineMs !== undefined && { deadlineMs }),
  };
}

/** An act has a name that is the same in a run that goes on with this one. */
function jobId(change: Change, what: readonly unknown[], { id, background }: Making): string {
  if (background?.isDetached) return `${IN_BACKGROUND}${digest([id, ...what])}`;
  return isAct(change) ? digest([id, ...what]) : randomUUID();
}

/** What a job in the background is known by, if these changes are one command that can be left alone. */
export function backgroundJob(changes: readonly Change[], id: string): string | undefined {
  const [step, ...more] = changes.flatMap((change) => change.steps);
  return step?.do === "run" && more.length === 0 ? `${IN_BACKGROUND}${digest([id, 0, 0, step])}` : undefined;
}

/** The guard before the step said no: the host is not ours any more. */
function refused(error: unknown): unknown {
  if (!(error instanceof StepError && error.code === "transport/guard")) return error;
  return new StepError({
    code: "runner/lock-lost",
    message: "another run has taken this host over: our lock had expired",
    detail: error.detail ?? "",
    hint: "nothing more was changed; apply again when the other run has ended",
    cause: error,
  });
}

/** Nobody knows whether a step was done: the host was rebooted under it. What can be observed is observed; an act is not repeated. */
async function resolveDoubt(error: unknown, change: Change, { world, account }: Making): Promise<"done" | "again"> {
  if (!(error instanceof StepError && error.code === "step/unknown") || isAct(change)) throw error;
  world.forget(change);
  await world.learn([{ account, query: change }]);
  return world.isAsPlanned(account, change) ? "done" : "again";
}

function contextOf(
  { account, guard, tools, onOutput, signal }: Making,
  pending: readonly Pending[],
): Omit<StepContext, "id"> {
  return {
    port: account.port,
    ...(guard && { guard: guard(pending) }),
    executors: tools.executors,
    onOutput,
    ...(signal && { signal }),
  };
}

async function verify(changes: readonly Change[], { world, account, ahead, tools }: Making): Promise<void> {
  const observable = changes.filter(({ action }) => action !== "run" && action !== "check");
  await world.learn(
    observable.map((query) => ({ account, query })),
    ahead,
  );
  tools.fault("verified");
  const wrong = observable.find((change) => !world.isAsPlanned(account, change));
  if (wrong) throw notAsPlanned(wrong, world.kind(wrong.kind), world.answer(account, wrong).state);
}

function notAsPlanned(change: Change, kind: AnyKind, found: unknown): StepError {
  return new StepError({
    code: "runner/not-as-planned",
    message: `${change.kind} ${change.key} is not as planned after the change`,
    detail: `planned  ${JSON.stringify(kind.describe(change.after))}\nfound    ${JSON.stringify(kind.describe(found))}`,
    hint: "something else on the host changes it too, or it does not take this value",
  });
}

async function undo(changes: readonly Change[], making: Making): Promise<void> {
  for (const change of changes) {
    if (change.undo.length === 0) continue;
    try {
      for (const step of change.undo) await takeStep(step, { ...contextOf(making, []), id: randomUUID() });
      making.onUndone(change);
    } catch (error) {
      making.onUndone(change, error);
    }
  }
}

/** The same for the same act of the same task; another for any other. */
function digest(value: unknown): string {
  return hash("sha256", JSON.stringify(value)).slice(0, 32);
}
