import type { AddedHost, HostMemory } from "@evenkeel/core";
import type { Templates } from "@evenkeel/template";
import type { LocalFiles } from "../params/local/local-files.ts";
import type { YamlFiles } from "../written/yaml-files.ts";
import type { Layer, Source } from "./layer.ts";

/** What all hosts and plays of a run share. */
export interface World {
  readonly files: YamlFiles;
  readonly templates: Templates;
  readonly localFiles: LocalFiles;
  /** Texts of secrets that tasks have used: whatever they were used for, somebody may repeat them. */
  readonly revealed: Set<string>;
  readonly inventory: HostsView;
  readonly extraVars: Layer;
  memories(host: string): HostMemory;
  /** Whether a task of the playbook gives this variable to hosts: facts left aside. */
  isGivenByTasks(name: string): boolean;
  readonly options: RunOptions;
  /** Where relative paths of the playbook begin. */
  readonly playbookDirectory: string;
  /** Nothing runs yet: what is not known may still come to be. */
  isChecking(): boolean;
  /** Nothing may be done but look: lookups that run programs, ask the network or write files refuse. */
  isSpeculative(): boolean;
}

/** What a run was asked for, for the variables that tell of it. */
export interface RunOptions {
  /** Asked for on the command line, where the playbook says nothing. */
  readonly become: { readonly become?: boolean; readonly user?: string; readonly method?: string };
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  readonly verbosity: number;
  readonly forks: number;
  readonly showsDiffs: boolean;
  readonly limit?: string;
  readonly inventorySources: readonly string[];
}

/** Hosts and groups, with those that were added in the run. */
export interface HostsView {
  /** Without regard to a limit, and what of the pattern matches nobody. Throws an InputError for a pattern that is none. */
  select(pattern: string): { readonly hosts: readonly string[]; readonly unmatched: readonly string[] };
  isWithinLimit(host: string): boolean;
  hosts(): readonly string[];
  has(host: string): boolean;
  groups(): Readonly<Record<string, readonly string[]>>;
  groupsOf(host: string): readonly string[];
  /** Where a variable is set for a host, the strongest first. */
  sources(host: string, name: string): Iterable<Source>;
  names(host: string): Iterable<string>;
  directoryOf(host: string): string | undefined;
  fileOf(host: string): string | undefined;
  add(host: AddedHost): void;
}
