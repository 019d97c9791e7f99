import { hash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Change, Scope, Task } from "@evenkeel/core";
import { ConnectError, InternalError, UnsettledValue } from "@evenkeel/core";
import type { Converging, Spoken } from "./converge.ts";
import { converge, isRealChange } from "./converge.ts";
import type { Outcome, Result } from "./events.ts";
import { finishingOf } from "./finish.ts";
import type { Armed } from "./guarded/arm.ts";
import { arm } from "./guarded/arm.ts";
import { callsOf } from "./handlers.ts";
import type { HostRun } from "./host-run.ts";
import { itemsOf } from "./items.ts";
import { note } from "./keep.ts";
import type { OnHost } from "./on-host.ts";
import type { Account } from "./world.ts";

/** How a task, or one item of it, ended. */
export interface Ended {
  readonly outcome: Outcome;
  readonly result: Result;
  readonly error?: unknown;
  readonly because?: string;
  /** Of a change that could lock us out: still to be confirmed. */
  readonly armed?: readonly Armed[];
}

/** One task on one host: its items, its attempts, its result. Never throws for what a host or a playbook did. */
export async function runTask(task: Task, on: OnHost): Promise<Ended> {
  const scope = task.scope(on.host.memory);
  const ended = await runItems(task, scope, on).catch((error: unknown) => failed(error, on));
  return judge(ended, task, scope);
}

async function runItems(task: Task, scope: Scope, on: OnHost): Promise<Ended> {
  if (task.loop === undefined) return runItem(task, scope, "", on);
  const items = itemsOf(task, task.loop, scope);
  if (items === undefined) return skipped("a condition is false");
  const all: Ended[] = [];
  for (const item of items) {
    const before = on.ended?.get(item.index);
    if (before) {
      all.push(before);
      continue;
    }
    const { label } = item;
    const ended = await runItem(task, item.scope, String(item.index), { ...on, item: label });
    const { variable } = task.loop;
    const result = {
      ...ended.result,
      [variable]: item.value,
      ansible_loop_var: variable,
      _ansible_item_label: label,
    };
    on.say({
      type: "item",
      outcome: ended.outcome,
      result: task.isSilent.resolve(scope) ? {} : result,
      item: label,
      module: String(task.module.name),
    });
    all.push({ ...ended, result });
    on.ended?.set(item.index, { ...ended, result });
    note(task, { ...ended, result }, on);
    if (
      task.loop.breakWhen?.every((each) =>
        each.resolve(item.scope.with({ [task.register ?? "ansible_result"]: result })),
      )
    )
      break;
    const pause = item.isLast ? 0 : (task.loop.pauseSeconds?.resolve(scope) ?? 0);
    if (pause > 0 && on.mode === "apply") await sleep(pause * 1000);
  }
  return together(all);
}

/** What a loop's items came to, in Ansible's words. */
function together(all: readonly Ended[]): Ended {
  const results = all.map(({ result }) => result);
  if (all.length === 0)
    return {
      outcome: "skipped",
      result: { changed: false, skipped: true, skipped_reason: "No items in the list", results },
    };
  const has = (outcome: Outcome) => all.some((each) => each.outcome === outcome);
  const bad = all.find(({ outcome }) => outcome === "failed" || outcome === "unreachable");
  // An item that failed may have changed something as well.
  const facts = { results, changed: results.some(({ changed }) => changed === true), failed: has("failed") };
  const armed = all.flatMap((each) => each.armed ?? []);
  if (bad) {
    return { ...bad, result: { ...facts, failed: true, msg: "One or more items failed" } };
  }
  if (all.every(({ outcome }) => outcome === "skipped")) {
    return { outcome: "skipped", result: { ...facts, skipped: true, msg: "All items skipped" } };
  }
  const unknown = all.find(({ outcome }) => outcome === "unknown");
  const outcome = has("changed") ? "changed" : unknown ? "unknown" : "ok";
  return {
    outcome,
    ...(armed.length > 0 && { armed }),
    result: { ...facts, msg: "All items completed" },
    ...(unknown?.because && { because: unknown.because }),
  };
}

async function runItem(task: Task, scope: Scope, item: string, on: OnHost): Promise<Ended> {
  const id = hash("sha256", JSON.stringify([on.base ?? [on.host.run, on.position], task.id, item])).slice(0, 32);
  try {
    for (const condition of task.when) if (!condition.resolve(scope)) return skipped(String(condition.source));
    const attempts = task.until && on.mode === "apply" ? task.until.retries.resolve(scope) + 1 : 1;
    let ended = await attempt(task, scope, `${id}-0`, on);
    for (let count = 1; task.until && on.mode === "apply"; count++) {
      const seen = { ...ended.result, attempts: count };
      const after = scope.with({ [task.register ?? "ansible_result"]: seen });
      if (ended.outcome !== "unreachable" && task.until.conditions.every((each) => each.resolve(after)))
        return { ...ended, result: seen };
      if (count >= attempts) return gaveUp(ended, seen);
      on.say({ type: "retry", left: attempts - count, result: seen });
      await sleep(task.until.delaySeconds.resolve(scope) * 1000, undefined, {
        ...(on.run.signal && { signal: on.run.signal }),
      });
      ended = await attempt(task, scope, `${id}-${count}`, on, true);
    }
    return ended;
  } catch (error) {
    return failed(error, on);
  }
}

function gaveUp(ended: Ended, seen: Result): Ended {
  return {
    ...ended,
    outcome: "failed",
    result: { ...seen, failed: true, msg: seen.msg ?? "the condition never became true" },
  };
}

/** Once through: whatever came of it, what the playbook says about failing and changing is asked. */
async function attempt(task: Task, scope: Scope, id: string, on: OnHost, isAgain = false): Promise<Ended> {
  const host = await placeOf(task, scope, on);
  const calls = callsOf(task, scope, on.host, on.play, on.handlers(), on.run, id);
  const at = on.item === undefined ? {} : { item: on.item };
  const isPlanned = task.checkMode?.resolve(scope);
  const converging: Converging = {
    run: on.run,
    tools: on.tools,
    task,
    scope,
    host,
    mode: isPlanned === undefined ? on.mode : isPlanned ? "plan" : "apply",
    isAgain,
    id,
    calls,
    leaves: (changes) => finishingOf(changes, task.name.resolve(scope), host, on.play, on.run, on.tools),
    ahead: () => (host === on.host ? on.ahead.asked() : []),
    say: (event: Spoken) =>
      on.say(
        event.type === "change" ? { ...event, isSilent: task.isSilent.resolve(scope), ...at } : { ...event, ...at },
      ),
  };
  let ended: Ended;
  let armed: Armed | undefined;
  const isGuarded = (task.isGuarded || task.module.isGuarded === true) && converging.mode === "apply";
  const beforeMaking = async (changes: readonly Change[], account: Account) => {
    armed = await arm(task, scope, changes, account, calls, host, on);
  };
  try {
    const { result, changes } = await (host === on.host
      ? converge({ ...converging, ...(isGuarded && { beforeMaking }) })
      : host.turns.take(() => converge({ ...converging, ...(isGuarded && { beforeMaking }) })));
    for (const change of changes) if (isRealChange(change)) on.finishLater(change);
    ended = endedBy(result);
  } catch (error) {
    await armed?.guard.disarm();
    armed = undefined;
    ended = failed(error, on);
  }
  if (armed !== undefined) ended = { ...ended, armed: [armed] };
  ended = { ...ended, ...override(ended, task, scope) };
  if (on.mode === "plan" && isPlanned === false) ended = orNotKnown(ended, host);
  if (ended.outcome === "changed") for (const call of calls) on.host.called.set(call.id, call);
  return ended;
}

/** What a task lacks that runs in a plan as well may be what is only planned there. */
function orNotKnown(ended: Ended, { world }: HostRun): Ended {
  const { planned } = world;
  if (ended.outcome !== "failed" || planned === undefined) return ended;
  const because = `it fails as the host is now, and ${planned.kind} ${planned.key} is planned before it`;
  return { outcome: "unknown", because, result: { changed: false, failed: false } };
}

async function placeOf(task: Task, scope: Scope, on: OnHost): Promise<HostRun> {
  const name = task.delegateTo?.resolve(scope);
  return name === undefined || name === on.host.name ? on.host : on.hostRun(name);
}

function endedBy(result: Result): Ended {
  if (result.failed) return { outcome: "failed", result };
  if (result.skipped) return { outcome: "skipped", result };
  return { outcome: result.changed ? "changed" : "ok", result };
}

/** `changed_when` and `failed_when`. */
function override({ outcome, result }: Ended, task: Task, scope: Scope): Partial<Ended> {
  if (outcome === "skipped" || outcome === "unreachable" || outcome === "unknown") return {};
  const after = scope.with({ ...(task.register && { [task.register]: result }) });
  let said = result;
  if (task.failedWhen) {
    const isFailed = task.failedWhen.length > 0 && task.failedWhen.every((each) => each.resolve(after));
    said = { ...said, failed: isFailed, failed_when_result: isFailed };
  }
  if (task.changedWhen)
    said = { ...said, changed: task.changedWhen.length > 0 && task.changedWhen.every((each) => each.resolve(after)) };
  if (said === result) return {};
  const ended = endedBy(said);
  return ended.outcome === "failed" ? ended : { ...ended, error: undefined };
}

function skipped(condition: string): Ended {
  return {
    outcome: "skipped",
    result: { changed: false, skipped: true, skip_reason: "Conditional result was False", false_condition: condition },
  };
}

function failed(error: unknown, on: OnHost): Ended {
  if (on.isRetriable(error)) throw error;
  if (error instanceof UnsettledValue) {
    return { outcome: "unknown", because: error.because, result: { changed: false, failed: false } };
  }
  if (error instanceof InternalError || !(error instanceof Error)) throw error;
  const outcome = error instanceof ConnectError ? "unreachable" : "failed";
  const detail = "detail" in error && typeof error.detail === "string" ? { stderr: error.detail } : {};
  return {
    outcome,
    error,
    result: { changed: false, [outcome]: true, failed: outcome === "failed", msg: error.message, ...detail },
  };
}

/** What is ignored, and what is kept for later tasks. */
function judge(ended: Ended, task: Task, scope: Scope): Ended {
  const isIgnored =
    (ended.outcome === "failed" && task.ignoresErrors.resolve(scope)) ||
    (ended.outcome === "unreachable" && task.ignoresUnreachable.resolve(scope));
  return isIgnored ? { ...ended, outcome: "ignored" } : ended;
}
