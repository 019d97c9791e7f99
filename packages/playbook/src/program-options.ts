import type { AddedHost, AnyModule, HostMemory, InputError, Program, Scope } from "@evenkeel/core";
import type { Inventory } from "@evenkeel/inventory";
import type { Prompt } from "./plays/read-prompts.ts";
import type { Explanation } from "./variables/explain.ts";
import type { Opener } from "./written/yaml-files.ts";

/** What a playbook is read with. */
export interface ProgramOptions {
  /** One playbook after the other is one program. */
  readonly playbooks: readonly string[];
  readonly modules: ReadonlyMap<string, AnyModule>;
  readonly inventory: Inventory;
  /** What a host has come to know in the run; asked for when somebody wants to know it. */
  memories(host: string): HostMemory;
  readonly limit?: string;
  /** `-e`, each as it was given. */
  readonly extraVars?: readonly string[];
  readonly tags?: readonly string[];
  readonly skipTags?: readonly string[];
  readonly startAt?: string;
  readonly vault?: Opener;
  /** False while somebody only looks ahead: lookups that run programs or ask the network then refuse. */
  readonly mayAct?: () => boolean;
  /** What counts where the playbook says nothing: `--become` and its like. */
  readonly become?: { readonly become?: boolean; readonly user?: string; readonly method?: string };
  readonly rolesPaths?: readonly string[];
  readonly collectionsPaths?: readonly string[];
  readonly verbosity?: number;
  readonly forks?: number;
  readonly showsDiffs?: boolean;
  readonly inventorySources?: readonly string[];
  /** In which subset a fact is gathered; with it, only those are gathered that the project names. */
  readonly factSubset?: (fact: string) => string | undefined;
  /** Where relative paths begin; by default, where we are. */
  readonly workingDirectory?: string;
}

/** A playbook that has been read. */
export interface ReadProgram {
  readonly program: Program;
  /** With any of these it is not to be run. */
  readonly mistakes: readonly InputError[];
  /** Questions to be answered before it runs. */
  readonly prompts: readonly Prompt[];
  /** A host's variables without regard to any play: how to reach it, for one. */
  scopeOf(host: string): Scope;
  explain(variable: string, host: string): Explanation;
  /** To be told of what `add_host` and `group_by` said. */
  addHost(host: AddedHost): void;
  /** Texts of secrets that tasks have used: to be hidden wherever they are printed. */
  readonly revealed: ReadonlySet<string>;
}
