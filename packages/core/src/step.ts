import type { HostPort, HostWatch } from "./host-port.ts";
import type { Secret } from "./secret.ts";

/** One thing to do on a host, as data: it can be printed, hashed, journalled and undone. */
export type Step = RunStep | WriteStep | TreeStep | WaitStep | OwnStep;

export interface RunStep {
  readonly do: "run";
  readonly argv: readonly string[];
  readonly stdin?: string | Secret | LocalFile;
  readonly environment?: Readonly<Record<string, string | Secret>>;
  readonly directory?: string;
  readonly deadlineMs?: number;
  /** The statuses that mean success, or any: then the module's result says how it went. Default: 0. */
  readonly accept?: readonly number[] | "any";
}

/** A file, replaced all or nothing. */
export interface WriteStep {
  readonly do: "write";
  readonly path: string;
  readonly content: string | Uint8Array | Secret | LocalFile;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  readonly validate?: readonly string[];
  /** Where the path is a link: replace the link (default), or what it points to. */
  readonly links?: "replace" | "follow";
  /** Where a rename cannot work: a mount point. A crash may tear it. */
  readonly inPlace?: boolean;
}

/** A folder's content: only what differs travels. */
export interface TreeStep {
  readonly do: "tree";
  readonly from: string;
  readonly path: string;
  readonly owner?: string;
  readonly group?: string;
  readonly fileMode?: string;
  readonly directoryMode?: string;
  /** Remove what is there and not here. */
  readonly prune?: boolean;
}

/** Asks a host until it says yes: a service answers, a generation has changed. */
export interface WaitStep {
  readonly do: "wait";
  /** Completes "waiting until …". */
  readonly until: string;
  /** A read; status 0 means yes. */
  readonly script: string;
  readonly deadlineMs: number;
  readonly everyMs?: number;
}

/** A step with an executor of its own, from the package that it is named after: `mysql.sql`. */
export interface OwnStep {
  readonly do: `${string}.${string}`;
  readonly data: unknown;
}

/** A file on the controller, found and summed, but not read: it may be large. */
export interface LocalFile {
  readonly localFile: string;
  readonly sha256: string;
  readonly size: number;
}

/** What a step said. What has no status, such as a written file, has none here. */
export interface StepOutput {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What a step of a package's own found out. */
  readonly data?: unknown;
  readonly startedAt: string;
  readonly endedAt: string;
}

/** Takes the steps of a package's own. What it throws fails the task. */
export interface StepExecutor {
  readonly do: OwnStep["do"];
  take(
    data: unknown,
    host: HostPort,
    watch: HostWatch,
  ): Promise<Partial<Pick<StepOutput, "code" | "stdout" | "stderr" | "data">>>;
}
