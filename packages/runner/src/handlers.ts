import { hash } from "node:crypto";
import type { Handler, Play, Scope, Task } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { HostRun } from "./host-run.ts";
import type { Pending } from "./ledger/records.ts";
import type { Run } from "./run.ts";

/** What a task's change calls for, as records that can outlive us. */
export function callsOf(
  task: Task,
  scope: Scope,
  host: HostRun,
  play: Play,
  handlers: readonly Handler[],
  run: Run,
  id: string,
): readonly Pending[] {
  return task.notify.resolve(scope).flatMap((name) => {
    const called = calledBy(name, handlers, scope);
    if (called.length === 0) throw noHandler(task, name);
    return called.map((handler) => ({
      id: pendingId(run.program.name, play, handler.id),
      program: run.program.name,
      play: play.name,
      handler: handler.name.resolve(scope),
      task: task.name.resolve(scope),
      run: `${host.run} ${id}`,
      since: run.holder.since,
    }));
  });
}

/** The same for the same handler of the same play, in any run: it is pending once, however often it was called. */
export function pendingId(program: string, play: Play, what: string): string {
  return hash("sha256", JSON.stringify([program, play.name, what])).slice(0, 32);
}

/** As Ansible has it: of several with this name the last one, and all that listen to it. */
function calledBy(name: string, handlers: readonly Handler[], scope: Scope): readonly Handler[] {
  const named = handlers.findLast((handler) => isNamed(handler, name, scope));
  const listening = handlers.filter((handler) => handler !== named && handler.listen.includes(name));
  return named ? [named, ...listening] : listening;
}

function isNamed(handler: Handler, name: string, scope: Scope): boolean {
  const own = nameOf(handler, scope);
  if (own === undefined) return false;
  return own === name || (handler.role !== undefined && `${handler.role} : ${own}` === name);
}

/** A handler whose name cannot be made out on this host is not the one that is meant. */
function nameOf({ name }: Handler, scope: Scope): string | undefined {
  try {
    return name.resolve(scope);
  } catch {
    return undefined;
  }
}

function noHandler({ place }: Task, name: string): InputError {
  return new InputError({
    code: "playbook/no-handler",
    message: `no handler is called ${JSON.stringify(name)}, and none listens to it`,
    place,
  });
}
