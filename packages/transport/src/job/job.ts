import type { Secret } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";

/** A command that changes something, as data. The id is the caller's: the same id never runs twice. */
export interface Job {
  /** Letters, digits and dashes; drawn anew for every step of every run. */
  readonly id: string;
  readonly argv: readonly string[];
  readonly directory?: string;
  /** Readable by root and the command's user on the host: no place for secrets that stdin can take. */
  readonly environment?: Readonly<Record<string, string | Secret>>;
  readonly stdin?: string | Uint8Array | Secret;
  /** After this, the whole process tree is ended. Default: one hour. */
  readonly deadlineMs?: number;
  /**
   * What becomes of it when the wire is lost: so many seconds to be asked for before it is ended, or left. Default: 60, and
   * `leave` for a job that was only started.
   */
  readonly whenLost?: number | "leave";
  /**
   * A piece of sh that is run directly before the command is started, in the same request. When it fails, nothing is
   * started, and the error `transport/guard` has what it said on stderr. It is not asked about a job that is on the
   * host's records already.
   */
  readonly guard?: string;
  /**
   * A piece of sh that the host runs once the command has ended and its result is on record, whether anybody is there or
   * not; `$1` is the exit status. What it prints goes to stderr, its own status nowhere. The job is over when it is, or five seconds after the deadline.
   */
  readonly after?: string;
  /** How much of each output is kept: its head and its tail. Default: 32 MiB. */
  readonly outputLimit?: number;
}

/** Why we ended a job. */
export type EndReason = "deadline" | "cancelled" | "lost";

/** How a job ended, as far as can be known. */
export type JobEnd =
  | { readonly kind: "done"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: string; readonly because?: EndReason }
  /**
   * It was started, and its result is nowhere: the host was rebooted, somebody killed its supervisor, or it was to be ended and
   * does not end (`stuck`: another user's by now, or waiting for a disk that hangs).
   */
  | { readonly kind: "unknown"; readonly because: "rebooted" | "vanished" | "stuck" };

export type JobOutcome = JobEnd & { readonly stdout: Buffer; readonly stderr: Buffer; readonly droppedBytes: number };

/** A job on a host's records that is not over. */
export interface RunningJob {
  readonly id: string;
  /** `ending`: the command is over, and what comes after it is not. */
  readonly state: "running" | "ending";
  /** By our clock. */
  readonly startedAt: Date;
}

/** What a host's records say about a job. `absent`: it was never started (or its record is older than a week). */
export type JobState = JobEnd | { readonly kind: "running" } | { readonly kind: "absent" };

export function checkJobId(id: string): string {
  if (/^[A-Za-z0-9-]{1,80}$/.test(id)) return id;
  throw new InputError({ code: "transport/job-id", message: `not a job id: ${JSON.stringify(id)}` });
}

const signals = new Map(
  Object.entries({ HUP: 1, INT: 2, QUIT: 3, ILL: 4, TRAP: 5, ABRT: 6, BUS: 7, FPE: 8, KILL: 9, USR1: 10, SEGV: 11 })
    .concat(Object.entries({ USR2: 12, PIPE: 13, ALRM: 14, TERM: 15, XCPU: 24, XFSZ: 25, SYS: 31 }))
    .map(([name, number]) => [number, `SIG${name}`]),
);

/**
 * Reads what `evk_tell` printed. A shell has one number for "exited with 137" and "killed by SIGKILL"; we take what
 * names a signal for a signal, as shells' users do.
 */
export function parseJobState(line: string): JobState {
  const [kind, value, reason] = line.trim().split(" ");
  if (kind === "absent" || kind === "running") return { kind };
  if (kind === "unknown") return { kind, because: value === "rebooted" ? "rebooted" : "vanished" };
  const code = Number(value);
  const signal = signals.get(code - 128);
  if (reason) return { kind: "signalled", signal: signal ?? "SIGTERM", because: reason as EndReason };
  return signal === undefined ? { kind: "done", code } : { kind: "signalled", signal };
}
