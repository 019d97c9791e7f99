import type { Duplex } from "node:stream";
import type { PutFile } from "./files/put-file.ts";
import type { PutTree, PutTreeResult } from "./files/put-tree.ts";
import type { Job, JobOutcome, JobState, RunningJob } from "./job/job.ts";
import type { JobWatch } from "./job/run-job.ts";
import type { TunnelTarget } from "./link.ts";
import type { Privilege } from "./privilege/privilege.ts";
import type { Sink } from "./shell/request.ts";

/** A question to a host: a piece of POSIX sh that changes nothing. */
export interface Read {
  readonly script: string;
  /** How much of each output is kept: its head and its tail. Default: 32 MiB. */
  readonly outputLimit?: number;
}

export interface ReadResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Bytes that were printed and not kept. */
  readonly droppedBytes: number;
}

export interface ExchangeOptions {
  /** For all reads together, from when their turn has come. Default: two minutes. */
  readonly deadlineMs?: number;
  /** Called for each answer as soon as it is there; again, when the wire was lost before the last. */
  readonly onAnswer?: (answer: ReadResult, index: number) => void;
}

/**
 * A host, as one user. Everything here may be asked again after a lost wire without harm, and is: reads are reads, a job's
 * id never runs twice, a file is replaced by the same file.
 */
export interface Connection {
  /** Settles when the host has been reached and its shell is there; rejects when it cannot be. */
  ready(): Promise<void>;
  /** Many reads in one round trip, each on its own: none sees another's variables, folder or failure. */
  exchange(reads: readonly Read[], options?: ExchangeOptions): Promise<readonly ReadResult[]>;
  /** Runs a command that changes something, once, and stays until it has ended, over as many connections as it takes. */
  job(job: Job, watch?: JobWatch): Promise<JobOutcome>;
  /** Starts a job and leaves it: it runs on until it ends or its deadline comes, whoever is connected. */
  start(job: Job): Promise<void>;
  /** Stays with a job that was started earlier, by whomever of this user, until it has ended. */
  follow(id: string, watch?: JobWatch): Promise<JobOutcome>;
  /** What the host's records say about a job of an earlier connection. */
  jobState(id: string): Promise<JobState>;
  /** The jobs of this user that still run. To ask it along with other things: `runningJobsRead`. */
  jobs(): Promise<readonly RunningJob[]>;
  put(file: PutFile): Promise<void>;
  putTree(tree: PutTree): Promise<PutTreeResult>;
  get(path: string, sink: Sink): Promise<void>;
  tunnel(target: TunnelTarget): Promise<Duplex>;
  /** The same host as another user: one more shell over the same link, started when first used. */
  as(privilege: Privilege): Connection;
  close(): Promise<void>;
}
