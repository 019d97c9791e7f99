import type { Play } from "@evenkeel/core";
import type { Heritage, Keywords } from "./keywords/heritage.ts";
import type { Call } from "./tasks/find-call.ts";
import type { Frame } from "./variables/frame.ts";
import type { Written } from "./written/written.ts";

/** A task as it was read, also when it is not selected. */
export interface SeenTask {
  /** The same as the task's in the program. */
  readonly id: string;
  readonly written: Written;
  readonly call: Call;
  readonly heritage: Heritage;
  readonly frame: Frame;
  readonly isHandler: boolean;
}

export interface SeenPlay {
  readonly play: Play;
  readonly frame: Frame;
  readonly keywords: Keywords;
  readonly hosts: Written;
  readonly tasks: SeenTask[];
}

/** All that was read, for whoever looks for what only shows between tasks. */
export class Seen {
  readonly plays: SeenPlay[] = [];
  #tasks: SeenTask[] = [];

  /** Where the roles are that are used. */
  readonly rolePaths = new Set<string>();

  /** Names that tasks with mistakes would give values to. */
  readonly lost: string[] = [];

  /** What handlers with mistakes would be called by. */
  readonly lostHandlers: string[] = [];

  /** All tasks, those that includes brought last. */
  get tasks(): readonly SeenTask[] {
    return [...this.plays.flatMap(({ tasks }) => tasks), ...this.#tasks];
  }

  task(task: SeenTask): void {
    this.#tasks.push(task);
  }

  /** A task that could not be read. */
  lose(task: Written): void {
    for (const key of ["register", "set_fact", "ansible.builtin.set_fact"]) {
      const written = task.get(key);
      if (typeof written?.value === "string") this.lost.push(written.value.split("=")[0] ?? "");
      for (const [name] of written?.entries ?? []) this.lost.push(name);
    }
    const called = [task.get("name"), task.get("listen"), ...(task.get("listen")?.items ?? [])];
    this.lostHandlers.push(...called.flatMap((each) => (typeof each?.value === "string" ? [each.value] : [])));
  }

  /** A play whose tasks are those that were seen since the last one. */
  play(play: Omit<SeenPlay, "tasks">): void {
    this.plays.push({ ...play, tasks: this.#tasks });
    this.#tasks = [];
  }
}
