import type { Action, Kind, Observed, OwnKindDefinition, Step } from "@evenkeel/core";
import { defineKind } from "@evenkeel/core";

/** Something that is only done: what people want to read of it, and what it may touch. */
export interface ActState {
  readonly shows: Readonly<Record<string, string>>;
  /** Paths of files. */
  readonly touches?: readonly string[];
}

/** An act as it is to be done. */
export interface DesiredAct extends ActState {
  readonly action: Extract<Action, "run" | "check">;
  readonly steps: readonly Step[];
}

/** A kind of act. Nothing tells before it whether it is needed, nor after it whether it was done, but its own step. */
export function actKind(name: string): Kind<ActState, DesiredAct, OwnKindDefinition<ActState, DesiredAct>> {
  return defineKind<ActState, DesiredAct>({
    name,
    ask: async (queries) => queries.map(() => ({ shows: {} })),
    ensure: ({ kind, key, state }, { action, steps, ...after }) => [
      { kind, key, action, before: state, after, steps, undo: [], interrupts: "nothing" },
    ],
    isAsPlanned: () => true,
    isAbsent: () => false,
    unsettles: ({ key, after: { touches = [] } }) =>
      touches.map((path) => ({ kind: "file", key: path, because: `${key} may write it` })),
    describe: ({ shows }) => shows,
  });
}

/** An act before it is done. */
export function undone(kind: string, key: string): Observed<ActState> {
  return { kind, key, state: { shows: {} } };
}
