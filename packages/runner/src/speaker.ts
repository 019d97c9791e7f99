import type { Include, Task } from "@evenkeel/core";
import type { RunEvent } from "./events.ts";
import type { OnHost } from "./on-host.ts";

export function isSilentOn(task: Task, on: OnHost): boolean {
  return task.isSilent.resolve(task.scope(on.host.memory));
}

/** A name is for people: when it cannot be made out, it is shown as it was written. */
export function nameOn(task: Task | Include, on: OnHost): string {
  try {
    return task.name.resolve(task.scope(on.host.memory));
  } catch {
    return String(task.name.source);
  }
}

export function speaker(task: Task | Include, on: OnHost): OnHost["say"] {
  const name = nameOn(task, on);
  const { name: host } = on.host;
  const isSilent = () => "isSilent" in task && isSilentOn(task, on);
  return (event) => {
    // What a task without a log prints is nobody's, and neither is what it says of its tries.
    if (event.type === "output" && isSilent()) return;
    const said = event.type === "retry" && isSilent() ? { ...event, result: {} } : event;
    on.run.emit({ ...said, host, task: name, place: task.place } as RunEvent);
  };
}
