import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { AnyKind, AnyModule, HostMemory, Secret, StepExecutor } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { readInventory } from "@evenkeel/inventory";
import { subsetOf } from "@evenkeel/kinds";
import type { ReadProgram } from "@evenkeel/playbook";
import { readProgram } from "@evenkeel/playbook";
import type { Locked } from "@evenkeel/vault";
import { hiddenQuestions } from "../vault/ask-hidden.ts";
import { sourcesOf, vaultOf } from "../vault/open-keys.ts";
import { becomePasswordOf, endpointOf } from "./endpoint-of.ts";
import { findInventory } from "./find-inventory.ts";
import type { PlaybookOptions } from "./options.ts";
import { ownModules } from "./own-modules.ts";
import { Reaches } from "./reach-hosts.ts";
import { Redactor } from "./redactor.ts";
import { shippedExecutors, shippedKinds, shippedModules } from "./shipped.ts";
import { unlockAge } from "./unlock-age.ts";

/** All that a command needs of a project: what is written there, and the ways to its hosts. */
export interface Project extends ReadProgram {
  readonly inventory: Awaited<ReturnType<typeof readInventory>>;
  readonly inventorySources: readonly string[];
  readonly modules: ReadonlyMap<string, AnyModule>;
  readonly kinds: readonly AnyKind[];
  readonly executors: readonly StepExecutor[];
  readonly reaches: Reaches;
  readonly redactor: Redactor;
  memory(host: string): HostMemory;
  /** Forgets what hosts have come to know: a new run. */
  forget(): void;
  /** Does something that only guesses; lookups that act refuse meanwhile. */
  speculate<T>(work: () => T): T;
}

/** Reads a project's inventory and playbooks. Mistakes in the inventory are thrown; those in playbooks are listed. */
export async function openProject(playbooks: readonly string[], options: PlaybookOptions): Promise<Project> {
  for (const path of playbooks)
    if (!existsSync(path)) throw new InputError({ code: "cli/unreadable", message: `cannot read ${path}` });
  const directory = dirname(resolve(playbooks[0] ?? "."));
  const inventorySources = findInventory(options.inventory);
  const redactor = new Redactor();
  const vault = await openSecrets(options, directory, redactor);
  const [inventory, brought] = await Promise.all([
    readInventory({ sources: inventorySources, playbookDirectories: [directory], vault }),
    ownModules(directory),
  ]);
  const modules = new Map([...shippedModules(), ...brought.modules].map((module) => [String(module.name), module]));
  let memories = new Map<string, HostMemory>();
  const memory = (host: string): HostMemory => {
    const known = memories.get(host) ?? { name: host, facts: {}, setFacts: {}, registered: {}, included: {} };
    memories.set(host, known);
    return known;
  };
  let isGuessing = false;
  const read = await readProgram({
    playbooks,
    modules,
    inventory,
    memories: memory,
    vault,
    mayAct: () => !isGuessing,
    factSubset: subsetOf,
    inventorySources,
    verbosity: options.verbose ?? 0,
    forks: options.forks ?? 50,
    ...(options.limit !== undefined && { limit: options.limit }),
    ...(options.extraVars && { extraVars: options.extraVars }),
    ...(options.tags && { tags: options.tags }),
    ...(options.skipTags && { skipTags: options.skipTags }),
    ...(options.startAtTask !== undefined && { startAt: options.startAtTask }),
    ...(options.rolesPath && { rolesPaths: options.rolesPath }),
    become: {
      ...(options.become !== undefined && { become: options.become }),
      ...(options.becomeUser !== undefined && { user: options.becomeUser }),
      ...(options.becomeMethod !== undefined && { method: options.becomeMethod }),
    },
  });
  redactor.hideAlso(() => read.revealed);
  const asked = await askPasswords(options, redactor);
  const defaults = {
    ...(options.user !== undefined && { user: options.user }),
    ...(options.privateKey !== undefined && { privateKey: options.privateKey }),
    ...(options.connection !== undefined && { connection: options.connection }),
    ...(asked.login && { password: asked.login }),
  };
  return {
    ...read,
    inventory,
    inventorySources,
    modules,
    kinds: [...shippedKinds(), ...brought.kinds],
    executors: [...shippedExecutors(), ...brought.executors],
    reaches: new Reaches(
      (host) => endpointOf(host, read.scopeOf(host), defaults),
      (host) => becomePasswordOf(read.scopeOf(host)) ?? asked.become,
    ),
    redactor,
    memory,
    forget: () => {
      memories = new Map();
    },
    speculate: (work) => {
      const before = isGuessing;
      isGuessing = true;
      try {
        return work();
      } finally {
        isGuessing = before;
      }
    },
  };
}

/** What is decrypted is remembered, so that it can be hidden wherever it turns up. */
async function openSecrets(options: PlaybookOptions, directory: string, redactor: Redactor) {
  const vault = await vaultOf(options, sourcesOf(options), hiddenQuestions());
  if (vault.opensAge) await unlockAge(vault, directory);
  return {
    ...(vault.opensAge && { unlock: (texts: Iterable<Locked>) => vault.unlock(texts) }),
    decrypt: (...locked: Parameters<typeof vault.decrypt>) => {
      const secret = vault.decrypt(...locked);
      redactor.hide(secret.reveal());
      return secret;
    },
  };
}

async function askPasswords({ askPass, askBecomePass }: PlaybookOptions, redactor: Redactor) {
  const ask = async (isWanted: boolean | undefined, question: string): Promise<Secret | undefined> => {
    if (!isWanted) return undefined;
    const answer = await hiddenQuestions()?.(question);
    if (answer === undefined)
      throw new InputError({ code: "cli/no-terminal", message: `nobody is there to be asked: ${question}` });
    redactor.hide(answer.reveal());
    return answer;
  };
  const login = await ask(askPass, "Password to log in: ");
  const become = (await ask(askBecomePass, "Password to become root: ")) ?? login;
  return { login, become };
}
