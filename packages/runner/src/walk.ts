import type { Block, Include, Meta, Node, Scope, Task } from "@evenkeel/core";
import { InternalError, StepError, UnsettledValue } from "@evenkeel/core";
import { Behind } from "./behind.ts";
import { flushHandlers } from "./flush-handlers.ts";
import { settle } from "./guarded/arm.ts";
import { itemsOf } from "./items.ts";
import { keep, keepAlso } from "./keep.ts";
import type { OnHost } from "./on-host.ts";
import { Leaves, TaskFailed } from "./on-host.ts";
import type { Ended } from "./run-task.ts";
import { runTask } from "./run-task.ts";
import { isSilentOn, nameOn, speaker } from "./speaker.ts";
import { Turns } from "./turns.ts";

/** One host through a list of nodes, in order. */
export async function walk(nodes: readonly Node[], on: OnHost): Promise<void> {
  await on.ahead.through(nodes, async (node, index) => {
    const here = { ...on, position: [...on.position, index] };
    on.progress.reach(on.host.name, here.position);
    if (on.isOver()) throw new Leaves("end_play");
    if (node.node === "task") await doTask(node, here);
    else if (node.node === "block") await doBlock(node, here);
    else if (node.node === "include") await doInclude(node, here);
    else await doMeta(node, here);
  });
}

async function doTask(task: Task, on: OnHost): Promise<void> {
  const say = speaker(task, on);
  const here = { ...on, say, ended: new Map<number, Ended>() };
  const scope = () => task.scope(on.host.memory);
  const slot = await whenOthersAreThere(() => throttle(task, on), on);
  let isTold = false;
  const tellOnce = () => {
    if (!isTold) say({ type: "started", isHandler: on.isHandler });
    isTold = true;
    return runAndTell(task, here);
  };
  const work = () => slot.take(() => on.forks.take(() => on.host.turns.take(tellOnce)));
  if (task.module.runsOnce || (await whenOthersAreThere(() => task.runsOnce.resolve(scope()), on))) {
    const { value, isDoer } = await on.progress.once(on.host.name, work);
    if (!isDoer) keepAlso(task, value, here);
    if (isBad(value)) throw new TaskFailed(task, value);
    return;
  }
  const ended = await whenOthersAreThere(work, on);
  if (isBad(ended)) throw new TaskFailed(task, ended);
  if (ended.armed) await confirm(task, ended, here);
}

/** What could lock us out takes effect at once, with the handlers it calls; and stays only if we can come back. */
async function confirm(task: Task, { armed, ...ended }: Ended, on: OnHost): Promise<void> {
  try {
    for (const each of armed ?? []) await settle(each, on);
  } catch (error) {
    if (error instanceof InternalError) throw error;
    const failed: Ended = {
      outcome: "failed",
      error,
      result: { ...ended.result, failed: true, msg: (error as Error).message },
    };
    on.host.world.forgetAll();
    on.host.count("failed");
    on.run.emit({ type: "failed", host: on.host.name, task: nameOn(task, on), place: task.place, error });
    throw new TaskFailed(task, failed);
  }
}

function throttle(task: Task, { throttles, host }: OnHost): Pick<Turns, "take"> {
  const atOnce = task.throttle?.resolve(task.scope(host.memory)) ?? 0;
  if (atOnce <= 0) return { take: (work) => work() };
  const turns = throttles.get(task) ?? new Turns(atOnce);
  throttles.set(task, turns);
  return turns;
}

/** What asks for another host's variables before that host has come as far is tried again when it has. */
async function whenOthersAreThere<T>(work: () => T | Promise<T>, on: OnHost): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Behind)) throw error;
      await on.progress.gather(on.host.name, [error.host]);
    }
  }
}

async function runAndTell(task: Task, on: OnHost): Promise<Ended> {
  const ended = await runTask(task, on);
  keep(task, ended, on);
  on.host.count(ended.outcome, ended.result.changed === true);
  const isSilent = isSilentOn(task, on);
  const { outcome, result, because } = ended;
  const said = isSilent
    ? { changed: result.changed, failed: result.failed, censored: "no_log is set for this task" }
    : result;
  if (ended.error !== undefined && (isBad(ended) || outcome === "ignored")) {
    const error = isSilent ? withoutWords(ended.error) : ended.error;
    on.run.emit({ type: "failed", host: on.host.name, task: nameOn(task, on), place: task.place, error });
  }
  on.say({
    type: "task",
    outcome,
    result: said,
    isSilent,
    module: String(task.module.name),
    ...(because !== undefined && { because }),
  });
  return ended;
}

/** Of a task without a log, neither what it did nor what the host said of it is told. What is wrong with the playbook, or the way, is. */
function withoutWords(error: unknown): unknown {
  if (!(error instanceof StepError)) return error;
  return new StepError({
    code: error.code,
    message: "the task failed; what it did, and what the host said, is not told: no_log is set for it",
    hint: "where there is nothing secret in it, take no_log away and apply again",
  });
}

function isBad({ outcome }: Ended): boolean {
  return outcome === "failed" || outcome === "unreachable";
}

async function doBlock(block: Block, on: OnHost): Promise<void> {
  if (await whenOthersAreThere(() => block.isLeftOut?.(on.host.memory), on)) return;
  const part = (nodes: readonly Node[], at: number) => walk(nodes, { ...on, position: [...on.position, at] });
  try {
    await part(block.nodes, 0);
  } catch (error) {
    if (error instanceof Leaves && error.action === "end_role" && block.role !== undefined && error.role === block.role)
      return;
    if (!(error instanceof TaskFailed) || error.ended.outcome === "unreachable" || block.rescue.length === 0) {
      if (error instanceof TaskFailed && error.ended.outcome !== "unreachable") await part(block.always, 2);
      throw error;
    }
    on.host.memory.registered.ansible_failed_task = { name: nameOn(error.task, on) };
    on.host.memory.registered.ansible_failed_result = error.ended.result;
    on.ahead.forget();
    on.host.countRescue();
    try {
      await part(block.rescue, 1);
    } catch (another) {
      await part(block.always, 2);
      throw another;
    }
  }
  await part(block.always, 2);
}

/** Reads tasks that are only known now, for each item, and goes through them. */
async function doInclude(include: Include, on: OnHost): Promise<void> {
  const say = speaker(include, on);
  const scope = include.scope(on.host.memory);
  try {
    const turns = await whenOthersAreThere(() => turnsOf(include, scope), on);
    const all: { readonly index: number; readonly included: Read }[] = [];
    // As in Ansible, all items are decided on before the first one's tasks are gone through, and each counts.
    for (const [index, turn] of turns.entries()) {
      const included = await whenOthersAreThere(() => readIncluded(include, turn), on);
      if (included !== undefined) all.push({ index, included });
    }
    const outcome = all.length > 0 ? "ok" : "skipped";
    if (outcome === "skipped" || !include.isItself) {
      for (const _ of all.length > 0 ? all : [undefined]) on.host.count(outcome);
      say({ type: "task", outcome, result: {}, isSilent: false });
    }
    for (const { index, included } of all) {
      on.addHandlers(included.handlers);
      await walk(included.nodes, { ...on, position: [...on.position, index] });
    }
  } catch (error) {
    if (error instanceof TaskFailed || error instanceof Leaves || error instanceof InternalError) throw error;
    if (error instanceof UnsettledValue) {
      say({ type: "task", outcome: "unknown", because: error.because, result: {}, isSilent: false });
      return;
    }
    const ended = { outcome: "failed", result: { failed: true, msg: (error as Error).message }, error } as const;
    on.host.count("failed");
    on.run.emit({ type: "failed", host: on.host.name, task: nameOn(include, on), place: include.place, error });
    throw new TaskFailed(include, ended);
  }
}

type Read = Awaited<ReturnType<Include["read"]>>;

function turnsOf(include: Include, scope: Scope): readonly Scope[] {
  return include.loop ? (itemsOf(include, include.loop, scope) ?? []).map((item) => item.scope) : [scope];
}

async function readIncluded(include: Include, scope: Scope): Promise<Read | undefined> {
  return include.when.every((condition) => condition.resolve(scope)) ? include.read(scope) : undefined;
}

async function doMeta(meta: Meta, on: OnHost): Promise<void> {
  const isWanted = () => {
    const scope = meta.scope(on.host.memory);
    return meta.when.every((condition) => condition.resolve(scope));
  };
  if (!(await whenOthersAreThere(isWanted, on))) return;
  switch (meta.action) {
    case "flush_handlers":
      return flushHandlers(on, walk);
    case "clear_facts":
      for (const name of Object.keys(on.host.memory.facts)) delete on.host.memory.facts[name];
      return on.ahead.forget();
    case "reset_connection":
      return on.host.reach.reset();
    case "end_host":
    case "end_play":
    case "end_batch":
    case "end_role":
      throw new Leaves(meta.action, meta.role);
    default:
      return;
  }
}
