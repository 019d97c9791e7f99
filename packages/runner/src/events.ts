import type { Change } from "@evenkeel/core";

/** What one host came to in one run. */
export interface HostTally {
  readonly ok: number;
  readonly changed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unreachable: boolean;
}

/** One thing that happened, as data; every output is drawn from these. */
export type RunEvent =
  | { readonly type: "play"; readonly name: string; readonly hosts: readonly string[] }
  | { readonly type: "task"; readonly host: string; readonly task: string; readonly outcome: "ok" | "changed" }
  | { readonly type: "change"; readonly host: string; readonly task: string; readonly change: Change }
  | { readonly type: "failed"; readonly host: string; readonly task?: string; readonly error: unknown }
  | { readonly type: "summary"; readonly mode: "plan" | "apply"; readonly hosts: Readonly<Record<string, HostTally>> };
