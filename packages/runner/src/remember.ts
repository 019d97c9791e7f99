import type { AddedHost, HostMemory, Task } from "@evenkeel/core";
import { unsettled } from "@evenkeel/core";
import type { Result } from "./events.ts";
import type { OnHost } from "./on-host.ts";

/** Keeps what a module gives to later tasks, and to a loop's later items: facts, variables, hosts. */
export function remember(task: Task, result: Result, on: OnHost): void {
  const { remembers } = task.module;
  if (remembers === undefined || result.skipped || result.failed) return;
  if (remembers === "hosts") on.addHost(addedBy(result));
  else {
    const facts = (result.ansible_facts ?? {}) as Readonly<Record<string, unknown>>;
    const memory = memoryFor(task, on);
    // Facts that are set and results that are registered are one level: the later counts.
    if (remembers === "setFacts") for (const name of Object.keys(facts)) delete memory.registered[name];
    Object.assign(memory[remembers], facts);
  }
  on.ahead.forget();
}

/** In a plan a variable may be known to be set, and not to what. */
export function rememberUnknown(task: Task, because: string, on: OnHost): void {
  const { source } = task.params;
  if (task.module.remembers !== "setFacts" || typeof source !== "object" || source === null) return;
  const memory = memoryFor(task, on);
  for (const name of Object.keys(source).filter((each) => /^[A-Za-z_]\w*$/.test(each) && each !== "cacheable")) {
    delete memory.registered[name];
    memory.setFacts[name] = unsettled(because);
  }
  on.ahead.forget();
}

function memoryFor(task: Task, on: OnHost): HostMemory {
  const scope = task.scope(on.host.memory);
  const isTheirs = task.delegateTo !== undefined && task.delegatesFacts.resolve(scope);
  return isTheirs ? on.run.memory(task.delegateTo?.resolve(scope) ?? on.host.name) : on.host.memory;
}

function addedBy({ add_host, add_group, parent_groups }: Result): AddedHost {
  if (typeof add_host === "object" && add_host !== null) {
    const { host_name, groups, host_vars } = add_host as { host_name: string; groups?: string[]; host_vars?: object };
    return { name: host_name, groups: groups ?? [], variables: { ...host_vars } };
  }
  return { name: "", groups: [String(add_group), ...((parent_groups as string[] | undefined) ?? [])], variables: {} };
}
