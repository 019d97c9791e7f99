import type { AnyKind } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { HostTally, RunEvent } from "@evenkeel/runner";
import { runPlaybook as walk } from "@evenkeel/runner";
import type { Project } from "../project/open-project.ts";
import { openProject } from "../project/open-project.ts";
import type { PlaybookOptions } from "../project/options.ts";
import { answerPrompts } from "./answer-prompts.ts";
import { confirm } from "./confirm.ts";
import { eventJson } from "./event-json.ts";
import { faultFrom } from "./fault.ts";
import { holderFor } from "./holder.ts";
import { Interruption } from "./interruption.ts";
import { Journal } from "./journal.ts";
import { Live } from "./live.ts";
import { printEvents } from "./print-events.ts";
import { isSavedPlan, SavedPlan } from "./saved-plan.ts";
import { terminalExecutors } from "./terminal.ts";

export interface RunOptions extends PlaybookOptions {
  readonly yes?: boolean;
  readonly exitCode?: boolean;
  readonly out?: string;
  readonly diff?: boolean;
  readonly wait?: string | boolean;
}

type Mode = "plan" | "apply";
type Tallies = Readonly<Record<string, HostTally>>;

/** `evenkeel plan` and `evenkeel apply`: reads everything, then goes to the hosts. A mistake in the files reaches none of them. */
export async function runPlaybook(mode: Mode, playbooks: readonly string[], options: RunOptions): Promise<void> {
  const [first = ""] = playbooks;
  if (mode === "apply" && playbooks.length === 1 && isSavedPlan(first)) return applySaved(first, options);
  const project = await openProject(playbooks, options);
  const on = open(project, playbooks, options);
  try {
    demandNoMistakes(project);
    await answerPrompts(project.prompts);
    const tally = mode === "plan" || options.yes ? await on.run(mode) : await askThenApply(on);
    on.plan?.write(options.out ?? "");
    process.exitCode = statusOf(tally, mode === "plan" && options.exitCode === true);
  } finally {
    await on.close();
  }
}

/** Shows what would change, asks, and changes it; with nothing to change there is nothing to ask. */
async function askThenApply(on: Opened): Promise<Tallies> {
  const planned = await on.run("plan");
  const isPending = on.changes() > 0 || Object.values(planned).some(({ changed }) => changed > 0);
  if (!isPending || isBad(planned)) return planned;
  return (await confirm()) ? on.run("apply") : planned;
}

/** Makes the plan anew, and carries it out if it is still the same. */
async function applySaved(path: string, options: RunOptions): Promise<void> {
  const { command } = SavedPlan.read(path, new Map());
  const project = await openProject([command.playbook], { ...options, ...command });
  const on = open(project, [command.playbook], options);
  try {
    demandNoMistakes(project);
    const saved = SavedPlan.read(path, on.kinds);
    const now = saved.again();
    const tally = await on.run("plan", { tell: (event) => now.note(event) });
    if (isBad(tally))
      throw new StepError({
        code: "plan/cannot-tell",
        message: "a host could not be looked at, so nothing was changed",
      });
    saved.demandSame(now);
    const done = await on.run("apply", { permit: (host, change) => saved.demandPlanned(host, change) });
    process.exitCode = statusOf(done, false);
  } finally {
    await on.close();
  }
}

interface Opened {
  readonly kinds: ReadonlyMap<string, AnyKind>;
  readonly plan: SavedPlan | undefined;
  run(mode: Mode, more?: { tell?: (event: RunEvent) => void; permit?: SavedPlan["demandPlanned"] }): Promise<Tallies>;
  /** How many changes the last run has told of. */
  changes(): number;
  close(): Promise<void>;
}

function open(project: Project, playbooks: readonly string[], options: RunOptions): Opened {
  const kinds = new Map(project.kinds.map((kind) => [kind.name, kind]));
  const plan = options.out === undefined ? undefined : SavedPlan.empty(commandOf(project, playbooks, options), kinds);
  const fault = faultFrom(process.env);
  const clean = (text: string) => project.redactor.clean(text);
  const live = new Live((text) => void process.stdout.write(text), clean);
  // Some terminals say that they have no width.
  const isWatched = process.stdout.isTTY && process.stdout.columns > 0 && !options.json;
  const interruption = new Interruption((text) => (isWatched ? live.say(text) : void process.stderr.write(text)));
  const print = options.json
    ? (event: RunEvent) => process.stdout.write(`${clean(eventJson(event, kinds))}\n`)
    : printEvents({
        kinds,
        verbosity: options.verbose ?? 0,
        showsDiffs: options.diff !== false,
        write: (text) => live.say(clean(text)),
      });
  let journal: Journal | undefined;
  let changes = 0;
  return {
    kinds,
    plan,
    changes: () => changes,
    run: async (mode, { tell, permit } = {}) => {
      if (mode === "apply") journal = new Journal(project.program.name.replaceAll("/", "-"));
      project.forget();
      changes = 0;
      const emit = (event: RunEvent) => {
        if (event.type === "change") changes++;
        journal?.write(clean(eventJson(event, kinds)));
        if (mode === "plan") plan?.note(event);
        if (tell) tell(event);
        else print(event);
        if (isWatched) live.note(event);
      };
      const running = walk({
        program: project.program,
        mode,
        kinds: project.kinds,
        executors: [...project.executors, ...terminalExecutors((work) => live.aside(work))],
        holder: holderFor(playbooks.join(" ")),
        reach: (host) => project.reaches.to(host),
        memory: (host) => project.memory(host),
        addHost: (host) => project.addHost(host),
        speculate: (work) => project.speculate(work),
        emit,
        forks: options.forks ?? 50,
        lockWaitMs: waitMs(options.wait),
        signal: interruption.signal,
        ...(permit && { permit }),
        ...(fault && { fault }),
      });
      return running.finally(() => live.end());
    },
    close: async () => {
      await project.reaches.close();
      journal?.close();
      if (interruption.hasHappened) process.exitCode = 130;
      interruption[Symbol.dispose]();
    },
  };
}

function commandOf(project: Project, [playbook = ""]: readonly string[], options: RunOptions) {
  const { limit, tags, skipTags, extraVars = [] } = options;
  return {
    playbook,
    inventory: project.inventorySources,
    ...(limit !== undefined && { limit }),
    ...(tags && { tags }),
    ...(skipTags && { skipTags }),
    givenVariables: extraVars.map((each) => each.split("=")[0] ?? ""),
  };
}

function demandNoMistakes({ mistakes }: Project): void {
  if (mistakes.length > 0) throw new AggregateError(mistakes, "the playbook has mistakes");
}

function waitMs(wait: string | boolean | undefined): number {
  if (wait === undefined || wait === false) return 0;
  return wait === true ? 3_600_000 : Number(wait) * 1000;
}

function isBad(tally: Tallies): boolean {
  return Object.values(tally).some(({ failed, unreachable }) => failed > 0 || unreachable);
}

function statusOf(tally: Tallies, isCounting: boolean): number {
  const all = Object.values(tally);
  if (all.some(({ failed }) => failed > 0)) return 1;
  if (all.some(({ unreachable }) => unreachable)) return 3;
  return isCounting && all.some(({ changed }) => changed > 0) ? 4 : 0;
}
