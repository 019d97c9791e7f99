import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Program } from "@evenkeel/core";
import { LocalFiles } from "./params/local/local-files.ts";
import type { ReadPlay } from "./plays/read-playbook.ts";
import { readPlaybook } from "./plays/read-playbook.ts";
import type { ProgramOptions, ReadProgram } from "./program-options.ts";
import type { Reading } from "./reading.ts";
import { explain } from "./variables/explain.ts";
import { readExtraVars } from "./variables/extra-vars.ts";
import { hostsView } from "./variables/hosts-view.ts";
import { hostless } from "./variables/play-scope.ts";
import type { World } from "./variables/world.ts";
import { Mistakes } from "./written/mistakes.ts";
import { YamlFiles } from "./written/yaml-files.ts";

/** Reads playbooks with all that belongs to them into a program, and finds what is wrong with them. */
export async function readProgram(options: ProgramOptions): Promise<ReadProgram> {
  const { workingDirectory = process.cwd(), vault } = options;
  const paths = options.playbooks.map((each) => resolve(workingDirectory, each));
  const [first = workingDirectory] = paths;
  const files = new YamlFiles({ vault, workingDirectory });
  const mistakes = new Mistakes((file) => files.textOf(file));
  const world = worldOf(options, files, dirname(first));
  const reading: Reading = {
    world,
    modules: options.modules,
    mistakes,
    selection: { tags: options.tags ?? [], skipTags: options.skipTags ?? [] },
    folders: {
      playbook: dirname(first),
      roles: options.rolesPaths ?? defaultRoles(),
      collections: [join(dirname(first), "collections"), ...(options.collectionsPaths ?? defaultCollections())],
    },
    start: { task: options.startAt, isReached: options.startAt === undefined },
    isRunning: false,
    record: undefined,
  };
  const plays = paths.flatMap((path) => readOne(path, reading));
  if (!reading.start.isReached && mistakes.count === 0) {
    mistakes.add({ code: "start-at", message: `no task is called ${JSON.stringify(options.startAt)}` });
  }
  const program: Program = { name: programName(first), plays: plays.map(({ play }) => play) };
  const scopeOf = (host: string) => hostless(world, undefined).ofHost(host);
  return {
    program,
    mistakes: mistakes.list(),
    prompts: plays.flatMap(({ prompts }) => prompts),
    scopeOf,
    explain: (variable, host) => explain(variable, [scopeOf(host)]),
    addHost: (host) => world.inventory.add(host),
    revealed: world.revealed,
  };
}

function readOne(path: string, reading: Reading): readonly ReadPlay[] {
  try {
    return readPlaybook(path, reading, { files: [], vars: [], keywords: [] });
  } catch (error) {
    reading.mistakes.catch(error);
    return [];
  }
}

function worldOf(options: ProgramOptions, files: YamlFiles, playbookDirectory: string): World {
  const { inventory, limit, extraVars = [], workingDirectory = process.cwd(), mayAct = () => true } = options;
  return {
    files,
    localFiles: new LocalFiles(),
    revealed: new Set(),
    inventory: hostsView(inventory, limit),
    extraVars: readExtraVars(extraVars, files, workingDirectory),
    memories: (host) => options.memories(host),
    playbookDirectory,
    isSpeculative: () => !mayAct(),
    options: {
      become: options.become ?? {},
      tags: options.tags ?? [],
      skipTags: options.skipTags ?? [],
      verbosity: options.verbosity ?? 0,
      forks: options.forks ?? 5,
      showsDiffs: options.showsDiffs ?? true,
      ...(limit !== undefined && { limit }),
      inventorySources: options.inventorySources ?? [],
    },
  };
}

function defaultCollections(): readonly string[] {
  return [join(homedir(), ".ansible/collections"), "/usr/share/ansible/collections"];
}

/** The same wherever the folder lies. */
function programName(path: string): string {
  return `${basename(dirname(path))}/${basename(path)}`;
}

function defaultRoles(): readonly string[] {
  return [join(homedir(), ".ansible/roles"), "/usr/share/ansible/roles", "/etc/ansible/roles"];
}
