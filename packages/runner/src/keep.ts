import type { Task } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import type { Result } from "./events.ts";
import type { OnHost } from "./on-host.ts";
import { remember, rememberUnknown } from "./remember.ts";
import type { Ended } from "./run-task.ts";

/** Keeps what a task said, for the host's later tasks. */
export function keep(task: Task, ended: Ended, on: OnHost): void {
  if (task.register !== undefined) {
    delete on.host.memory.setFacts[task.register];
    on.host.memory.registered[task.register] =
      ended.outcome === "unknown" ? unsettled(ended.because ?? "") : ended.result;
    on.ahead.forget();
  }
  // What a loop's items gave was kept when they ended, if it came to any.
  if (task.loop === undefined || ended.result.results === undefined) note(task, ended, on);
}

/** Keeps what a task, or one item of its loop, gives to what comes after. */
export function note(task: Task, ended: Ended, on: OnHost): void {
  if (ended.outcome === "unknown") rememberUnknown(task, ended.because ?? "", on);
  else if (isGood(ended)) remember(task, ended.result, on);
}

/** Keeps what another host was told by a task that runs once for all. */
export function keepAlso(task: Task, ended: Ended, on: OnHost): void {
  keep(task, ended, on);
  if (task.loop === undefined || !isGood(ended)) return;
  for (const each of ended.result.results as readonly Result[]) remember(task, each, on);
}

function isGood({ outcome }: Pick<Ended, "outcome">): boolean {
  return outcome === "ok" || outcome === "changed";
}
