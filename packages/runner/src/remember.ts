import type { AddedHost, HostMemory, Task } from "@evenkeel/core";
import type { Result } from "./events.ts";
import type { OnHost } from "./on-host.ts";

/** Keeps what a module gives to later tasks: facts, variables, hosts. For a loop, item by item. */
export function remember(task: Task, result: Result, on: OnHost): void {
  const { remembers } = task.module;
  if (remembers === undefined) return;
  const results = Array.isArray(result.results) && task.loop ? (result.results as Result[]) : [result];
  for (const each of results) {
    if (each.skipped || each.failed) continue;
    if (remembers === "hosts") on.addHost(addedBy(each));
    else {
      const memory = memoryFor(task, on);
      const facts = (each.ansible_facts ?? {}) as Readonly<Record<string, unknown>>;
      // Facts that are set and results that are registered are one level: the later counts.
      if (remembers === "setFacts") for (const name of Object.keys(facts)) delete memory.registered[name];
      Object.assign(memory[remembers], facts);
    }
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
