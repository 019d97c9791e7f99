import type { AddedHost, HostMemory, Task, Unsettled } from "@evenkeel/core";
import { InputError, UnsettledValue, unsettled } from "@evenkeel/core";
import type { Result } from "./events.ts";
import type { OnHost } from "./on-host.ts";
import { unknownFacts } from "./unknown-result.ts";

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

/** In a plan a fact or a variable may be known to be set, and not to what. */
export function rememberUnknown(task: Task, because: string, on: OnHost): void {
  const { remembers } = task.module;
  if (remembers === undefined || remembers === "hosts") return;
  const memory = memoryFor(task, on);
  const unknown = remembers === "setFacts" ? unknownVariables(task, because) : factsOf(task, because, on);
  if (remembers === "setFacts") for (const name of Object.keys(unknown)) delete memory.registered[name];
  Object.assign(memory[remembers], unknown);
  on.ahead.forget();
}

/** Their names are written in the playbook, also where their values cannot be worked out. */
function unknownVariables({ params: { source } }: Task, because: string): Readonly<Record<string, Unsettled>> {
  if (typeof source !== "object" || source === null) return {};
  const names = Object.keys(source).filter((each) => /^[A-Za-z_]\w*$/.test(each) && each !== "cacheable");
  return Object.fromEntries(names.map((name) => [name, unsettled(because)]));
}

function factsOf(task: Task, because: string, on: OnHost): Readonly<Record<string, Unsettled>> {
  try {
    return unknownFacts(task.module, task.params.resolve(task.scope(on.host.memory)), because);
  } catch (error) {
    // Nobody knows whether it runs at all: its mistakes count when it does.
    if (error instanceof UnsettledValue || error instanceof InputError) return {};
    throw error;
  }
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
