import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { HostMemory, Program } from "@evenkeel/core";
import { float, loadTemplates } from "@evenkeel/template";
import type { Timestamp } from "@evenkeel/yaml";
import { checkProgram } from "./check/check-program.ts";
import { usedSubsets } from "./facts/used-subsets.ts";
import { LocalFiles } from "./params/local/local-files.ts";
import { Logins } from "./plays/logins.ts";
import type { ReadPlay } from "./plays/read-playbook.ts";
import { readPlaybook } from "./plays/read-playbook.ts";
import type { ProgramOptions, ReadProgram } from "./program-options.ts";
import type { Reading } from "./reading.ts";
import { Seen } from "./seen.ts";
import { explain } from "./variables/explain.ts";
import { readExtraVars } from "./variables/extra-vars.ts";
import { givenByTasks } from "./variables/given-by-tasks.ts";
import { hostsView } from "./variables/hosts-view.ts";
import { hostless } from "./variables/play-scope.ts";
import type { TaskScope } from "./variables/task-scope.ts";
import type { World } from "./variables/world.ts";
import { Mistakes } from "./written/mistakes.ts";
import { YamlFiles } from "./written/yaml-files.ts";

/** Reads playbooks with all that belongs to them into a program, and finds what is wrong with them. */
export async function readProgram(options: ProgramOptions): Promise<ReadProgram> {
  const { workingDirectory = process.cwd(), vault, factSubset } = options;
  const paths = options.playbooks.map((each) => resolve(workingDirectory, each));
  const [first = workingDirectory] = paths;
  const templates = await loadTemplates();
  const timestamp = (value: Timestamp) => templates.dateTime(value);
  const files = new YamlFiles({ vault, workingDirectory, types: { float, timestamp } });
  const mistakes = new Mistakes((file) => files.textOf(file));
  const checking: Checking = { memories: undefined };
  const seen = new Seen();
  const world = worldOf(options, { seen, files, templates, checking, playbookDirectory: dirname(first) });
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
    seen,
    usedSubsets: factSubset && once(() => usedSubsets(world, seen, factSubset), world.isChecking),
  };
  const plays = paths.flatMap((path) => readOne(path, reading));
  if (!reading.start.isReached && mistakes.count === 0) {
    mistakes.add({ code: "start-at", message: `no task is called ${JSON.stringify(options.startAt)}` });
  }
  const program: Program = { name: programName(first), plays: plays.map(({ play }) => play) };
  const logins = new Logins(seen, mistakes);
  logins.check();
  const scopeOf = (host: string) => logins.on(hostless(world, undefined).ofHost(host));
  await checkProgram({ seen, world, mistakes, standIn: (memories) => (checking.memories = memories) });
  return {
    program,
    mistakes: mistakes.list(),
    prompts: plays.flatMap(({ prompts }) => prompts),
    scopeOf,
    explain: (variable, host) => explain(variable, scopesOn(host, seen, world)),
    addHost: (host) => world.inventory.add(host),
    revealed: world.revealed,
  };
}

/** Every place of the playbook from which a host's variables look different. */
function scopesOn(host: string, seen: Seen, world: World): readonly TaskScope[] {
  const plain = hostless(world, undefined).ofHost(host);
  const plays = seen.plays.filter(({ frame }) => frame.play.hosts().includes(host));
  const frames = plays.flatMap(({ frame, tasks }) => [frame, ...tasks.map((task) => task.frame)]);
  return [plain, ...[...new Set(frames)].map((frame) => plain.at(frame))];
}

/** What was made too early is made again. */
function once<T>(make: () => T, isEarly: () => boolean): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    if (isEarly()) return make();
    known ??= { value: make() };
    return known.value;
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

interface Parts extends Pick<World, "files" | "templates" | "playbookDirectory"> {
  readonly checking: Checking;
  readonly seen: Seen;
}

/** While a program is only checked, hosts have memories in which what is not known yet says so. */
interface Checking {
  memories: ((host: string) => HostMemory) | undefined;
}

function worldOf(options: ProgramOptions, { checking, seen, ...read }: Parts): World {
  const given = once(
    () => givenByTasks(seen.tasks),
    () => checking.memories !== undefined,
  );
  const { inventory, limit, extraVars = [], workingDirectory = process.cwd(), mayAct = () => true } = options;
  return {
    ...read,
    localFiles: new LocalFiles(),
    revealed: new Set(),
    inventory: hostsView(inventory, limit),
    extraVars: readExtraVars(extraVars, read.files, workingDirectory),
    isGivenByTasks: (name) => given()(name),
    memories: (host) => checking.memories?.(host) ?? options.memories(host),
    isChecking: () => checking.memories !== undefined,
    isSpeculative: () => checking.memories !== undefined || !mayAct(),
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
