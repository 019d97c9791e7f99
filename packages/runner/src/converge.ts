import type { Answers, Change, Queries, Query, Scope, StepOutput, Task } from "@evenkeel/core";
import { isUnsettled, UnsettledValue } from "@evenkeel/core";
import { questions } from "./ahead.ts";
import { claim } from "./claim.ts";
import type { Result } from "./events.ts";
import type { HostRun } from "./host-run.ts";
import type { Pending } from "./ledger/records.ts";
import { backgroundJob, makeChanges } from "./make-changes.ts";
import type { Run, Tools } from "./run.ts";
import { unknownResult } from "./unknown-result.ts";
import type { Account, Asked, World } from "./world.ts";

/** One task, or one item or attempt of it, on one host. */
export interface Converging {
  readonly run: Run;
  readonly tools: Tools;
  readonly task: Task;
  readonly scope: Scope;
  /** Where it happens: the host itself, or the one that it is delegated to. */
  readonly host: HostRun;
  readonly mode: "plan" | "apply";
  /** Another attempt: what was known of it is asked anew. */
  readonly isAgain: boolean;
  /** Names it in the host's records. */
  readonly id: string;
  /** Handlers that its change calls for. */
  readonly calls: readonly Pending[];
  /** What changes leave to the end of the play. */
  readonly leaves: (changes: readonly Change[]) => readonly Pending[];
  readonly ahead: () => readonly Asked[];
  /** Called right before the first of these changes is made. */
  readonly beforeMaking?: (changes: readonly Change[], account: Account) => Promise<void>;
  readonly say: (event: Spoken) => void;
}

/** What a task tells while it works; who says it, and where, is added by whoever listens. */
export type Spoken =
  | { readonly type: "change"; readonly change: Change }
  | { readonly type: "made"; readonly change: Change; readonly milliseconds: number }
  | { readonly type: "undone"; readonly change: Change; readonly error?: unknown }
  | { readonly type: "output"; readonly stream: "stdout" | "stderr"; readonly text: string };

export interface Converged {
  readonly result: Result;
  readonly changes: readonly Change[];
}

/** Brings one task's part of a host to where it is wanted: ask, decide, change, look again. In a plan: lay it over what is known. */
export async function converge(on: Converging): Promise<Converged> {
  const { run, task, scope, host, mode } = on;
  const { module } = task;
  const params = task.params.resolve(scope);
  const account = host.account(task.become.resolve(scope), mode === "apply");
  const asked: Queries = module.observe(params);
  const queries = questions(task, params);
  host.world.drop(on.isAgain ? queries : queries.filter((query) => host.world.isMoving(query)), account);
  const mine = queries.map((query) => ({ account, query }));
  const observe = async () => {
    // What is missing for this task is asked together with what is missing for those to come.
    await host.world.learn(mine, on.ahead);
    return answersTo(asked, account, host.world);
  };
  let before = await observe();
  let changes: readonly Change[] = module.plan(before, params);
  if (changes.length === 0)
    return { result: resultOf(on, params, { before, after: before, changes, outputs: [] }), changes };
  if (mode === "plan") {
    for (const change of changes) {
      on.say({ type: "change", change });
      host.world.lay(change);
    }
    const after = answersTo(asked, account, host.world);
    return { result: resultOf(on, params, { before, after, changes, outputs: [] }), changes };
  }
  // Before the first change the host becomes ours; it may have changed until then, so it is looked at again.
  const isChanging = changes.some(isRealChange);
  if (isChanging && (await claim(host, run, on.tools))) {
    before = await observe();
    changes = module.plan(before, params);
  }
  for (const change of changes) run.permit?.(host.name, change);
  const background = backgroundOf(task, scope, changes, on.id);
  if (changes.length > 0) await on.beforeMaking?.(changes, account);
  const outputs = await makeChanges(changes, {
    world: host.world,
    account,
    id: on.id,
    ...(isChanging && { guard: (pending) => host.ledger.guard(pending) }),
    pending: isChanging ? [...on.calls, ...on.leaves(changes)] : [],
    environment: task.environment.resolve(scope),
    tools: on.tools,
    ahead: () => [...mine, ...on.ahead()],
    onChange: (change) => on.say({ type: "change", change }),
    onMade: (change, milliseconds) => on.say({ type: "made", change, milliseconds }),
    onUndone: (change, error) => on.say({ type: "undone", change, ...(error !== undefined && { error }) }),
    onOutput: (stream, text) => on.say({ type: "output", stream, text }),
    signal: AbortSignal.any([
      ...(run.signal ? [run.signal] : []),
      ...(task.timeoutSeconds ? [AbortSignal.timeout(task.timeoutSeconds.resolve(scope) * 1000)] : []),
    ]),
    ...(background && { background }),
  });
  if (background?.isDetached) {
    return {
      result: { changed: true, failed: false, started: 1, finished: 0, ansible_job_id: background.job },
      changes,
    };
  }
  const after = await observe();
  return { result: resultOf(on, params, { before, after, changes, outputs }), changes };
}

/** `async` and `poll`: a command alone can be left to itself; anything else is stayed with. */
function backgroundOf({ background }: Task, scope: Scope, changes: readonly Change[], id: string) {
  const seconds = background?.seconds.resolve(scope) ?? 0;
  if (background === undefined || seconds <= 0) return undefined;
  const job = background.poll.resolve(scope) === 0 ? backgroundJob(changes, id) : undefined;
  return { deadlineMs: seconds * 1000, isDetached: job !== undefined, job };
}

function answersTo(asked: Queries, account: Account, world: World): Answers<Queries> {
  const answer = (query: Query) => world.answer(account, query);
  return Object.fromEntries(
    Object.entries(asked).map(([name, query]) => [
      name,
      Array.isArray(query) ? query.map(answer) : answer(query as Query),
    ]),
  ) as Answers<Queries>;
}

export function isRealChange({ action }: Change): boolean {
  return action !== "check";
}

interface Facts {
  readonly before: Answers<Queries>;
  readonly after: Answers<Queries>;
  readonly changes: readonly Change[];
  readonly outputs: readonly StepOutput[];
}

/** What a task has to say. In a plan, what only the change itself could tell is marked as not known yet. */
function resultOf({ task, mode }: Converging, params: Readonly<Record<string, unknown>>, made: Facts): Result {
  const { module } = task;
  const changed = made.changes.some(isRealChange);
  const doubt = mode === "plan" ? doubtAbout(made, String(module.name)) : undefined;
  if (doubt !== undefined) return unknownResult(module, params, changed, doubt);
  try {
    return { changed, failed: false, ...module.result?.(made, params) };
  } catch (error) {
    if (changed && mode === "plan" && error instanceof UnsettledValue)
      return unknownResult(module, params, changed, error.because);
    throw error;
  }
}

function doubtAbout({ before, after, changes }: Facts, module: string): string | undefined {
  if (changes.some(({ action }) => action === "run" || action === "check")) return `${module} has not run yet`;
  const all = [before, after].flatMap((answers) => Object.values(answers).flat());
  for (const { state, doubt } of all) {
    if (doubt !== undefined) return doubt;
    if (isUnsettled(state)) return state.unsettled;
  }
  return undefined;
}
