import type { Secret } from "@evenkeel/core";

/** What the runner needs of a connection; `@evenkeel/transport` has it. */
export interface HostPort {
  exchange(reads: readonly { readonly script: string }[]): Promise<readonly HostAnswer[]>;
  job(job: HostJob): Promise<HostOutcome>;
  put(file: HostFile): Promise<void>;
}

export interface HostAnswer {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

export interface HostJob {
  readonly id: string;
  readonly argv: readonly string[];
  readonly stdin?: string | Secret;
  readonly environment?: Readonly<Record<string, string>>;
}

export type HostOutcome = { readonly stdout: Uint8Array; readonly stderr: Uint8Array } & (
  | { readonly kind: "done"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string }
  | { readonly kind: "unknown"; readonly because: string }
);

export interface HostFile {
  readonly path: string;
  readonly content: string | Secret;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  readonly validate?: readonly string[];
}
