import type { AddedHost, AnyKind, Change, HostMemory, Program, StepExecutor } from "@evenkeel/core";
import type { RunEvent } from "./events.ts";
import type { Reach } from "./host-run.ts";
import type { Holder } from "./ledger/records.ts";

/** Where a test may stop us dead. */
export type FaultPoint = "lock" | "step" | "stepped" | "verified" | "struck" | "release";

/** What every task of a run may use. */
export interface Tools {
  readonly kinds: ReadonlyMap<string, AnyKind>;
  readonly executors: ReadonlyMap<string, StepExecutor>;
  /** Called at each point where being killed must do no harm; does nothing outside of tests. */
  fault(point: FaultPoint): void;
}

/** A program to be run: on which hosts, how, and who is told. */
export interface Run {
  readonly program: Program;
  /** `plan` only says what `apply` would do. */
  readonly mode: "plan" | "apply";
  readonly kinds: readonly AnyKind[];
  readonly executors: readonly StepExecutor[];
  readonly holder: Holder;
  reach(host: string): Reach;
  memory(host: string): HostMemory;
  /** What `add_host` and `group_by` said, for plays still to come. */
  addHost(added: AddedHost): void;
  /** Does what only guesses, so that nothing acts on it. */
  speculate?<T>(work: () => T): T;
  emit(event: RunEvent): void;
  /** How many hosts are worked on at once. */
  readonly forks: number;
  /** How long to wait for a lock that somebody else has. */
  readonly lockWaitMs: number;
  readonly signal?: AbortSignal;
  /** Throws when a change must not be made: it is not in the plan that was agreed to. */
  readonly permit?: (host: string, change: Change) => void;
  readonly fault?: (point: FaultPoint) => void;
}
