import type { Step } from "./step.ts";
import type { Unsettled } from "./unsettled.ts";

/** What a change costs those who use the host, from nothing to all of it. */
export type Interruption = "nothing" | "reload" | "restart" | "outage";

/**
 * - `ensure`, `remove`: a state that can be observed afterwards;
 * - `restart`, `reload`, `run`: an act, done each time that it is asked for, and once: its job's record tells that it was done;
 * - `check`: looks or waits, and changes nothing.
 */
export type Action = "ensure" | "remove" | "restart" | "reload" | "run" | "check";

/**
 * From one state of one thing to another: how to get there, how to come back, and what it costs. The action says what is
 * meant, not what is there now, so that it is the same in a plan that cannot know yet and in the run that follows.
 */
export interface Change<State = unknown> {
  readonly kind: string;
  readonly key: string;
  readonly via?: unknown;
  readonly action: Action;
  readonly before: State | Unsettled;
  readonly after: State;
  /** None: another change of the same task brings this about as well. */
  readonly steps: readonly Step[];
  readonly undo: readonly Step[];
  readonly interrupts: Interruption;
}

/** Whether a change is an act: nothing on the host tells afterwards that it was done, but for our records. */
export function isAct({ action }: Pick<Change, "action">): boolean {
  return action === "restart" || action === "reload" || action === "run";
}
