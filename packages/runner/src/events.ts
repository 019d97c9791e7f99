import type { Change, Place } from "@evenkeel/core";
import type { Holder, Pending } from "./ledger/records.ts";

/** What one host came to in one run, counted as Ansible does: what was changed is also `ok`. */
export interface HostTally {
  readonly ok: number;
  readonly changed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly rescued: number;
  readonly ignored: number;
  readonly unreachable: boolean;
}

/**
 * How a task ended on a host. `unknown`: only in a plan, where what decides it is not known yet.
 * `ignored`: it failed, and that does not matter.
 */
export type Outcome = "ok" | "changed" | "skipped" | "failed" | "ignored" | "unreachable" | "unknown";

interface At {
  readonly host: string;
  readonly task: string;
  readonly place?: Place;
  /** A loop's item, as its label shows it. */
  readonly item?: string;
}

/** One thing that happened, as data; every output is drawn from these. */
export type RunEvent =
  | { readonly type: "play"; readonly name: string; readonly hosts: readonly string[] }
  | ({ readonly type: "started"; readonly isHandler: boolean } & At)
  | ({ readonly type: "change"; readonly change: Change; readonly isSilent: boolean } & At)
  | ({ readonly type: "output"; readonly stream: "stdout" | "stderr"; readonly text: string } & At)
  | ({ readonly type: "retry"; readonly left: number; readonly result: Result } & At)
  | ({ readonly type: "item"; readonly outcome: Outcome; readonly result: Result; readonly module: string } & At)
  | ({
      readonly type: "task";
      readonly outcome: Outcome;
      readonly result: Result;
      readonly isSilent: boolean;
      /** The module, and what it says of itself. */
      readonly module?: string;
      readonly because?: string;
    } & At)
  | ({ readonly type: "failed"; readonly error: unknown } & Partial<At> & { readonly host: string })
  | ({ readonly type: "made"; readonly change: Change; readonly milliseconds: number } & At)
  | ({ readonly type: "undone"; readonly change: Change; readonly error?: unknown } & At)
  | { readonly type: "resumed"; readonly host: string; readonly since: string; readonly owner: string }
  | {
      readonly type: "waiting";
      readonly host: string;
      readonly holder: Holder | undefined;
      readonly secondsLeft: number;
    }
  | { readonly type: "pending"; readonly host: string; readonly actions: readonly Pending[]; readonly isOurs: boolean }
  | { readonly type: "note"; readonly host?: string; readonly text: string }
  | {
      readonly type: "summary";
      readonly mode: "plan" | "apply";
      readonly hosts: Readonly<Record<string, HostTally>>;
      readonly pending: Readonly<Record<string, readonly Pending[]>>;
    };

/** What a task said: `changed`, `failed`, `skipped`, `msg`, and what its module adds. */
export type Result = Readonly<Record<string, unknown>>;
