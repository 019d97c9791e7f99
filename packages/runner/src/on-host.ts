import type { AddedHost, Change, Handler, Include, Play, Task } from "@evenkeel/core";
import type { Ahead } from "./ahead.ts";
import type { RunEvent } from "./events.ts";
import type { HostRun } from "./host-run.ts";
import type { Position, Progress } from "./progress.ts";
import type { Run, Tools } from "./run.ts";
import type { Ended } from "./run-task.ts";
import type { Turns } from "./turns.ts";

/** What is at hand while one host walks through one play. */
export interface OnHost {
  readonly run: Run;
  readonly tools: Tools;
  readonly play: Play;
  readonly host: HostRun;
  readonly mode: "plan" | "apply";
  readonly ahead: Ahead;
  readonly progress: Progress;
  readonly forks: Turns;
  /** Of tasks with a `throttle`: how many hosts at once. */
  readonly throttles: Map<Task, Turns>;
  readonly position: Position;
  /** Names handlers' acts: the run that they were called in. */
  readonly base?: string;
  readonly isHandler: boolean;
  /** A loop's item, as people see it. */
  readonly item?: string;
  /** A loop's items that have ended, by their index: a task that had to wait for another host goes on after them. */
  readonly ended?: Map<number, Ended>;
  handlers(): readonly Handler[];
  addHandlers(handlers: readonly Handler[]): void;
  /** Another host of this run, for a task that is delegated to it. */
  hostRun(name: string): HostRun;
  addHost(added: AddedHost): void;
  /** A change leaves something to do at the end of the play. */
  finishLater(change: Change): void;
  say(event: Said): void;
  /** Runs handlers that have been called: all, or these. */
  flush(on: OnHost, only?: ReadonlySet<string>): Promise<void>;
  /** Whether the task is only to be tried again when another host has come as far. */
  isRetriable(error: unknown): boolean;
  /** Another host's failure has ended the play for all. */
  isOver(): boolean;
}

/** An event, before it is known who says it and where. */
export type Said = RunEvent extends infer Each
  ? Each extends { host: string; task: string }
    ? Omit<Each, "host" | "task" | "place">
    : never
  : never;

/** Thrown through blocks until one rescues it. */
export class TaskFailed extends Error {
  readonly task: Task | Include;
  readonly ended: Ended;

  constructor(task: Task | Include, ended: Ended) {
    super("a task failed");
    this.task = task;
    this.ended = ended;
  }
}

/** Ends a host's way through a play, or through a role, without failing. */
export class Leaves extends Error {
  readonly action: "end_host" | "end_play" | "end_batch" | "end_role";
  readonly role: string | undefined;

  constructor(action: Leaves["action"], role?: string) {
    super(action);
    this.action = action;
    this.role = role;
  }
}
