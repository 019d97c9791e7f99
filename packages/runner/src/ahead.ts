import type { Node, Query, Task } from "@evenkeel/core";
import type { HostRun } from "./host-run.ts";
import type { Asked } from "./world.ts";

/** More than this is not looked at in advance: it would be asked anew after every change. */
const FAR_ENOUGH = 2000;

interface Level {
  readonly nodes: readonly Node[];
  next: number;
}

/**
 * Looks ahead on one host's way: the questions of all tasks to come whose parameters can be resolved now, so that they
 * travel together. It only guesses: a task is resolved anew when its turn comes.
 */
export class Ahead {
  readonly #host: HostRun;
  readonly #speculate: <T>(work: () => T) => T;
  readonly #levels: Level[] = [];
  /** Questions by task, for as long as no variable has changed. */
  readonly #guesses = new Map<Task, readonly Asked[]>();

  constructor(host: HostRun, speculate: (<T>(work: () => T) => T) | undefined) {
    this.#host = host;
    this.#speculate = speculate ?? ((work) => work());
  }

  /** Walks a list of nodes, and knows at each where it is. */
  async through(nodes: readonly Node[], visit: (node: Node, index: number) => Promise<void>): Promise<void> {
    const level = { nodes, next: 0 };
    this.#levels.push(level);
    try {
      for (const [index, node] of nodes.entries()) {
        level.next = index + 1;
        await visit(node, index);
      }
    } finally {
      this.#levels.pop();
    }
  }

  /** A variable has changed: what was guessed may be wrong. */
  forget(): void {
    this.#guesses.clear();
  }

  /** Of all tasks to come; or of these, before the first step. */
  asked(nodes?: readonly Node[]): readonly Asked[] {
    const found: Asked[] = [];
    let count = 0;
    for (const task of nodes ? tasksIn(nodes) : this.#upcoming()) {
      if (++count > FAR_ENOUGH) break;
      const guess = this.#guesses.get(task) ?? this.#speculate(() => this.#guess(task));
      this.#guesses.set(task, guess);
      found.push(...guess);
    }
    return found;
  }

  *#upcoming(): Iterable<Task> {
    for (const { nodes, next } of this.#levels.toReversed()) yield* tasksIn(nodes.slice(next));
  }

  /** What cannot be resolved yet, for whatever reason, is asked when its turn comes. */
  #guess(task: Task): readonly Asked[] {
    try {
      if (task.delegateTo) return [];
      const scope = task.scope(this.#host.memory);
      const account = this.#host.account(task.become.resolve(scope));
      const scopes = task.loop
        ? task.loop.items.resolve(scope).map((item, index) => {
            const { variable = "item", indexVariable } = task.loop ?? {};
            return scope.with({ [variable]: item, ...(indexVariable && { [indexVariable]: index }) });
          })
        : [scope];
      return scopes.flatMap((each) => {
        if (!task.when.every((condition) => condition.resolve(each))) return [];
        return questions(task, task.params.resolve(each))
          .filter((query) => !this.#host.world.isMoving(query))
          .map((query) => ({ account, query }));
      });
    } catch {
      return [];
    }
  }
}

function* tasksIn(nodes: readonly Node[]): Iterable<Task> {
  for (const node of nodes) {
    if (node.node === "task") yield node;
    else if (node.node === "block") {
      yield* tasksIn(node.nodes);
      yield* tasksIn(node.always);
    }
  }
}

/** All that a task asks, its names left aside. */
export function questions({ module }: Task, params: Readonly<Record<string, unknown>>): readonly Query[] {
  return Object.values(module.observe(params)).flat() as Query[];
}
