import type { Duplex } from "node:stream";
import type { Secret } from "./secret.ts";

/** What the engine, and kinds that speak another language than sh, need of a host; `@evenkeel/transport` has it. */
export interface HostPort {
  exchange(reads: readonly HostRead[], options?: HostExchange): Promise<readonly HostAnswer[]>;
  job(job: HostJob, watch?: HostWatch): Promise<HostOutcome>;
  /** Starts a job, and does not stay with it. */
  start(job: HostJob): Promise<void>;
  put(file: HostFile): Promise<void>;
  putTree(tree: HostTree): Promise<unknown>;
  /** Reads a whole file; the sink is waited for. */
  get(path: string, sink: (bytes: Uint8Array) => void | Promise<void>): Promise<void>;
  tunnel(target: HostDoor): Promise<Duplex>;
}

export interface HostExchange {
  /** Called for each answer as soon as it is there; again, when the wire was lost before the last. */
  readonly onAnswer?: (answer: HostAnswer, index: number) => void;
}

export interface HostRead {
  readonly script: string;
}

export interface HostAnswer {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** A command that changes something. The same id never runs twice. */
export interface HostJob {
  readonly id: string;
  readonly argv: readonly string[];
  readonly stdin?: string | Uint8Array | Secret;
  readonly environment?: Readonly<Record<string, string | Secret>>;
  readonly directory?: string;
  readonly deadlineMs?: number;
  /** What becomes of it when the wire is lost: so many seconds to be asked for before it is ended, or left. */
  readonly whenLost?: number | "leave";
  /** sh that must succeed before anything is started, in the same request. */
  readonly guard?: string;
}

export interface HostWatch {
  readonly onOutput?: (stream: "stdout" | "stderr", bytes: Uint8Array) => void;
  readonly signal?: AbortSignal;
}

export type HostOutcome = { readonly stdout: Uint8Array; readonly stderr: Uint8Array } & (
  | { readonly kind: "done"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string; readonly because?: string }
  | { readonly kind: "unknown"; readonly because: string }
);

export interface HostFile {
  readonly path: string;
  readonly content: string | Uint8Array | Secret | { readonly localFile: string };
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  readonly validate?: readonly string[];
  readonly links?: "replace" | "follow";
  readonly inPlace?: boolean;
  readonly guard?: string;
}

export interface HostTree {
  readonly from: string;
  readonly path: string;
  readonly owner?: string;
  readonly group?: string;
  readonly fileMode?: string;
  readonly directoryMode?: string;
  readonly prune?: boolean;
  readonly guard?: string;
}

export type HostDoor = { readonly host: string; readonly port: number } | { readonly socketPath: string };
