import type { Secret } from "./secret.ts";
import type { Unsettled } from "./unsettled.ts";

/** One thing to do on a host, as data: it can be printed, hashed, journalled and undone. */
export type Step =
  | {
      readonly do: "run";
      readonly argv: readonly string[];
      readonly stdin?: string | Secret;
      readonly environment?: Readonly<Record<string, string>>;
    }
  | {
      readonly do: "write";
      readonly path: string;
      readonly content: string | Secret;
      readonly mode?: string;
      readonly owner?: string;
      readonly group?: string;
      readonly validate?: readonly string[];
    };

/** What a change costs those who use the host, from nothing to all of it. */
export type Interruption = "nothing" | "reload" | "restart" | "outage";

/**
 * From one state of one thing to another: how to get there, how to come back, and what it costs. The action says what is
 * meant, not what is there now, so that it is the same in a plan that cannot know yet and in the run that follows.
 */
export interface Change<State = unknown> {
  readonly kind: string;
  readonly key: string;
  readonly action: "ensure" | "remove" | "restart" | "reload" | "run";
  readonly before: State | Unsettled;
  readonly after: State;
  /** None: another change of the same task brings this about as well. */
  readonly steps: readonly Step[];
  readonly undo: readonly Step[];
  readonly interrupts: Interruption;
}
