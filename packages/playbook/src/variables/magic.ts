import { unsettled } from "@evenkeel/core";
import { LazyDict, OMIT } from "@evenkeel/template";
import { prepare } from "../values/prepare.ts";
import { deprefixed, isFactVariable } from "./facts.ts";
import type { TaskScope } from "./task-scope.ts";

/** A variable that the engine sets; undefined where there is none of that name. */
export function magicValue(scope: TaskScope, name: string): unknown {
  return Object.hasOwn(magic, name) ? magic[name]?.(scope) : undefined;
}

export function magicNames(): readonly string[] {
  return Object.keys(magic);
}

const magic: Readonly<Record<string, (scope: TaskScope) => unknown>> = {
  inventory_hostname: ({ memory }) => memory.name || undefined,
  inventory_hostname_short: ({ memory }) => memory.name.split(".")[0] || undefined,
  inventory_dir: ({ memory, world }) => world.inventory.directoryOf(memory.name),
  inventory_file: ({ memory, world }) => world.inventory.fileOf(memory.name),
  group_names: ({ memory, world }) =>
    memory.name === "" ? undefined : world.inventory.groupsOf(memory.name).toSorted(),
  groups: ({ world }) => world.inventory.groups(),
  hostvars: (scope) => hostvars(scope),
  ansible_facts: ({ memory }) => deprefixed(memory.facts),
  omit: () => OMIT,
  vars: (scope) => lazily(scope),
  environment: (scope) => scope.frame?.environment.map((each) => prepare(each).resolve(scope)),

  playbook_dir: (scope) => scope.playbookDirectory,
  ansible_search_path: ({ frame, playbookDirectory }) =>
    frame && [...new Set([...frame.searchPath, playbookDirectory])],
  ansible_play_name: ({ frame }) => frame?.play.name,
  ansible_play_hosts_all: ({ frame }) => frame?.play.hosts(),
  ansible_play_hosts: ({ frame }) => frame && hostsLeft(frame.play.hosts(), frame.play.isOut),
  ansible_play_batch: (scope) => batchOf(scope),
  play_hosts: (scope) => batchOf(scope),
  ansible_role_names: ({ frame }) => frame && [...new Set([...frame.play.dependencyNames, ...frame.play.roleNames])],
  ansible_play_role_names: ({ frame }) => frame?.play.roleNames,
  ansible_dependent_role_names: ({ frame }) => frame?.play.dependencyNames,
  role_names: ({ frame }) => frame?.play.roleNames,
  role_name: ({ frame }) => frame?.role?.name,
  role_path: ({ frame }) => frame?.role?.path,
  ansible_role_name: ({ frame }) => frame?.role?.fullName,
  ansible_collection_name: ({ frame }) => frame?.role?.collection,

  // A plan shows what an apply does, so that tasks are the same in both.
  ansible_check_mode: () => false,
  ansible_diff_mode: ({ world }) => world.options.showsDiffs,
  ansible_verbosity: ({ world }) => world.options.verbosity,
  ansible_forks: ({ world }) => world.options.forks,
  ansible_limit: ({ world }) => world.options.limit,
  ansible_inventory_sources: ({ world }) => world.options.inventorySources,
  ansible_run_tags: ({ world }) => (world.options.tags.length > 0 ? world.options.tags : ["all"]),
  ansible_skip_tags: ({ world }) => world.options.skipTags,
  ansible_config_file: () => null,
  ansible_playbook_python: () => "/usr/bin/python3",
  /** The language's, whose versions roles compare with. */
  ansible_version: () => ({ full: "2.19.0", major: 2, minor: 19, revision: 0, string: "2.19.0" }),
};

function hostvars(scope: TaskScope): unknown {
  const { inventory } = scope.world;
  return new LazyDict({
    keys: () => inventory.hosts(),
    get: (name) => (inventory.has(name) ? ofOther(scope.ofHost(name), scope) : undefined),
  });
}

/** What another host knows when it has come as far as the one that asks. What no task gives it is known before. */
function ofOther(other: TaskScope, { memory, world }: TaskScope): unknown {
  const missing = world.isChecking() ? unsettled("another host may set it") : undefined;
  const wait = () => {
    if (other.memory.name !== memory.name) memory.demandAsFar?.(other.memory.name);
  };
  return new LazyDict({
    keys: () => {
      wait();
      return new Set(other.names());
    },
    get: (name) => {
      if (mayBeGiven(name, other)) wait();
      return other.has(name) ? other.get(name) : missing;
    },
  });
}

/** Whether a task may give a host this variable. */
function mayBeGiven(name: string, scope: TaskScope): boolean {
  if (scope.world.isGivenByTasks(name)) return true;
  const source = scope.find(name);
  if (source === undefined) return isFactVariable(name);
  return name === "ansible_facts" || ["facts", "set_fact and register", "include_vars"].includes(source.level);
}

/** All variables of a scope as a dict. */
function lazily(scope: TaskScope): unknown {
  return new LazyDict({
    keys: () => new Set(scope.names()),
    get: (name) => (scope.has(name) ? scope.get(name) : undefined),
  });
}

function batchOf({ memory, frame }: TaskScope): unknown {
  return frame && hostsLeft(memory.batch ?? frame.play.hosts(), frame.play.isOut);
}

function hostsLeft(hosts: readonly string[], isOut: (host: string) => boolean): readonly string[] {
  return hosts.filter((host) => !isOut(host));
}
