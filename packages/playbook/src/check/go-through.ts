import type { Block, Handler, Include, Meta, Node, Open, Place, Play, Task } from "@evenkeel/core";
import { closest, InputError } from "@evenkeel/core";
import { taskScope } from "../values/open.ts";
import type { TaskScope } from "../variables/task-scope.ts";
import { checkTask } from "./check-task.ts";
import type { CheckedHost } from "./checked-host.ts";
import { notYet } from "./checked-host.ts";
import { doubted, isLeftOut, isNamed } from "./doubt.ts";
import { learnFrom } from "./effects.ts";
import type { Findings, Looking, Verdict } from "./findings.ts";
import { isOpen } from "./findings.ts";

/** So many items of a loop are looked at. */
const MOST_ITEMS = 20;

/** What was found out about tasks by going through them. */
export interface Passed {
  /** Tasks that some host is sure to come to. */
  readonly certain: Set<string>;
  /** Tasks of which everything could be worked out. */
  readonly clear: Set<string>;
}

interface Going {
  readonly play: Play;
  readonly hosts: readonly CheckedHost[];
  readonly findings: Findings;
  readonly passed: Passed;
  /** Names of handlers that could not be read: that is told, and not that they are missing as well. */
  readonly lostHandlers: readonly string[];
  /** Where a task names a handler. */
  placeOfCall(task: Task, handler: string): Place;
}

interface At extends Omit<Looking, "verdict"> {
  readonly scope: TaskScope;
}

interface Turn extends At {
  readonly isKnown: boolean;
}

/** Goes through a play on some hosts in step, as an engine would, but asks and changes nothing. */
export class GoThrough {
  readonly #play: Play;
  readonly #hosts: readonly CheckedHost[];
  readonly #findings: Findings;
  readonly #passed: Passed;
  readonly #placeOfCall: Going["placeOfCall"];
  readonly #lostHandlers: readonly string[];
  readonly #handlers: Handler[];
  readonly #called = new Map<Handler, Set<CheckedHost>>();

  constructor({ play, hosts, findings, passed, lostHandlers, placeOfCall }: Going) {
    this.#placeOfCall = placeOfCall;
    this.#lostHandlers = lostHandlers;
    this.#play = play;
    this.#hosts = hosts;
    this.#findings = findings;
    this.#passed = passed;
    this.#handlers = [...play.handlers];
  }

  async run(): Promise<void> {
    for (const host of this.#hosts) host.isInDoubt = false;
    await this.#nodes(this.#play.nodes, this.#hosts);
    for (const handler of this.#handlers) {
      const hosts = [...(this.#called.get(handler) ?? [])];
      if (hosts.length > 0) await this.#nodes([handler.node], hosts);
    }
  }

  async #nodes(nodes: readonly Node[], hosts: readonly CheckedHost[]): Promise<void> {
    for (const node of nodes) {
      if (node.node === "block") await this.#block(node, hosts);
      else for (const host of hosts) await this.#node(node, host);
    }
  }

  async #block(block: Block, hosts: readonly CheckedHost[]): Promise<void> {
    const here = hosts.filter((host) => !isLeftOut(block, host.memory));
    const inDoubt = here.filter(({ isInDoubt }) => isInDoubt);
    await this.#nodes(block.nodes, here);
    // Nobody knows whether something will fail.
    for (const { memory } of here) Object.assign(memory.registered, block.rescue.length > 0 ? ofFailure : {});
    await this.#nodes(block.rescue.map(doubted), here);
    if (block.rescue.length > 0) for (const host of here) host.isInDoubt = inDoubt.includes(host);
    await this.#nodes(block.always, here);
  }

  async #node(node: Task | Include | Meta, host: CheckedHost): Promise<void> {
    if (node.node === "task") this.#task(node, host);
    else if (node.node === "include") await this.#include(node, host);
    else if (this.#verdict(node.when, this.#at(node, host), "yes") !== "no" && node.action.startsWith("end_"))
      host.isInDoubt = true;
  }

  #task(task: Task, host: CheckedHost): void {
    const verdicts: Verdict[] = [];
    let isClear = true;
    const isTolerant = this.#isTolerant(task, host);
    for (const turn of this.#turns(task, host)) {
      const verdict = turn.isKnown ? this.#verdict(task.when, turn, "yes") : "maybe";
      if (verdict === "no") continue;
      verdicts.push(verdict);
      const looking = { ...turn, verdict: isTolerant ? ("maybe" as const) : verdict };
      if (!checkTask(task, turn.scope, (work) => this.#attempt(looking, work))) isClear = false;
      learnFrom(task, turn.scope, host, verdict);
    }
    const isCertain = verdicts.includes("yes");
    if (task.module.name === "fail" && isCertain) host.isInDoubt = true;
    if (isCertain) this.#passed.certain.add(task.id);
    if (isCertain && isClear) this.#passed.clear.add(task.id);
    if (verdicts.length > 0) this.#call(task, host);
    if (task.register === undefined) return;
    host.memory.registered[task.register] =
      verdicts.length === 0 && !task.loop
        ? { changed: false, skipped: true, skip_reason: "Conditional result was False" }
        : notYet;
    delete host.memory.setFacts[task.register];
  }

  async #include(include: Include, host: CheckedHost): Promise<void> {
    for (const turn of this.#turns(include, host)) {
      const verdict = turn.isKnown ? this.#verdict(include.when, turn, "yes") : "maybe";
      if (verdict === "no") continue;
      try {
        const { nodes, handlers } = await include.read(turn.scope);
        for (const each of handlers) if (!this.#handlers.some(({ id }) => id === each.id)) this.#handlers.push(each);
        await this.#nodes(verdict === "yes" ? nodes : nodes.map(doubted), [host]);
      } catch (error) {
        if (isOpen(error) || verdict === "maybe") host.mayHaveAnyHandler = host.mayKnowAnything = true;
        this.#findings.judge(error, { ...turn, verdict });
      }
    }
  }

  /** A loop's turns, or one: those whose item is not known have it open. */
  #turns(node: Task | Include, host: CheckedHost): readonly Turn[] {
    const at = this.#at(node, host);
    const { loop } = node;
    if (loop === undefined) return [{ ...at, isKnown: true }];
    const turn = (item: unknown, index: number): Turn => ({
      ...at,
      scope: at.scope.with({
        [loop.variable]: item,
        ansible_loop_var: loop.variable,
        ...(loop.indexVariable !== undefined && { [loop.indexVariable]: index }),
        ...(loop.isExtended && { ansible_loop: notYet }),
      }),
      isKnown: item !== notYet,
    });
    try {
      return loop.items.resolve(at.scope).slice(0, MOST_ITEMS).map(turn);
    } catch (error) {
      // As when it runs: a list that cannot be made out does not matter when the task is left out anyway.
      const verdict = this.#verdict(node.when, at, "maybe");
      if (verdict === "no") return [];
      this.#findings.judge(error, { ...at, verdict });
      return [turn(notYet, 0)];
    }
  }

  /** Whether conditions hold. One that is false decides, also after one that is not known. */
  #verdict(conditions: readonly Open<boolean>[], at: At, asked: Verdict): Verdict {
    let verdict: Verdict = at.host.isInDoubt ? "maybe" : "yes";
    for (const condition of conditions) {
      try {
        if (!condition.resolve(at.scope)) return "no";
      } catch (error) {
        this.#findings.judge(error, { ...at, verdict: asked === "yes" ? verdict : "maybe" });
        verdict = "maybe";
      }
    }
    return verdict;
  }

  /** A failure of it is no failure of the play. */
  #isTolerant(task: Task, host: CheckedHost): boolean {
    const at = this.#at(task, host);
    return this.#attempt({ ...at, verdict: "maybe" }, () => task.ignoresErrors.resolve(at.scope)) ?? true;
  }

  #call(task: Task, host: CheckedHost): void {
    const at = this.#at(task, host);
    const names = this.#attempt({ ...at, verdict: "maybe" }, () => task.notify.resolve(at.scope)) ?? [];
    for (const name of names) {
      const called = this.#handlers.filter(
        (handler) => handler.listen.includes(name) || isNamed(handler, name, at.scope),
      );
      for (const handler of called) this.#called.set(handler, (this.#called.get(handler) ?? new Set()).add(host));
      const isLost = this.#lostHandlers.some((each) => each === name || name.endsWith(` : ${each}`));
      if (called.length === 0 && !isLost && !host.mayHaveAnyHandler)
        this.#findings.judge(this.#noHandler(task, name), { ...at, verdict: "yes" });
    }
  }

  #at(node: Task | Include | Meta, host: CheckedHost): At {
    const missing = new Set<string>();
    const scope = taskScope(node.scope(host.memory)).noting(missing);
    return { host, scope, missing, names: () => scope.names() };
  }

  /** Does something that may turn out wrong; undefined when it does, or when it cannot be known yet. */
  #attempt<T>(looking: Looking, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#findings.judge(error, looking);
      return undefined;
    }
  }

  #noHandler(task: Task, name: string): InputError {
    const known = this.#handlers.flatMap(({ name: own, listen }) => [String(own.source), ...listen]);
    const hint = closest(name, known);
    return new InputError({
      code: "playbook/no-handler",
      message: `no handler is called ${JSON.stringify(name)}, and none listens to it`,
      place: this.#placeOfCall(task, name),
      ...(hint && { hint }),
    });
  }
}

const ofFailure = { ansible_failed_task: notYet, ansible_failed_result: notYet };
