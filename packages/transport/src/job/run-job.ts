import { StepError } from "@evenkeel/core";
import { Capture } from "../shell/capture.ts";
import type { Answer } from "../shell/request.ts";
import type { Shell } from "../shell/shell.ts";
import type { Job, JobOutcome, JobState } from "./job.ts";
import { checkJobId, parseJobState } from "./job.ts";
import { jobWords } from "./job-words.ts";
import { DEFAULT_DEADLINE_MS, demandStarted, notStarted, startRequest } from "./start-job.ts";

/** How much of a running job's output one answer carries, and how much of an ended one's. */
const LIVE_PIECE = 256 * 1024;
const LAST_PIECE = 4 * 1024 * 1024;
const DEFAULT_LIMIT = 32 * 1024 * 1024;

/** How long the host waits before it says that a job still runs, in tenths of a second: little for one that is young or floods. */
const SHORTEST_WAIT = 1;
const LONGEST_WAIT = 5;
/** What prints so much between two looks would soon fill a disk. */
const FLOOD = 4 * 1024 * 1024;

/** What does not end for so long though it was killed will not end. */
const STUCK_MS = 15_000;

const streams = [
  { stream: "stdout", file: "out", to: "" },
  { stream: "stderr", file: "err", to: " >&2" },
] as const;

export interface JobWatch {
  /** Takes output as it comes. */
  readonly onOutput?: (stream: "stdout" | "stderr", bytes: Buffer) => void;
  /** Ends the job's whole process tree on the host. */
  readonly signal?: AbortSignal;
  /** How much of each output is kept: its head and its tail. Default: the job's own word, or 32 MiB. */
  readonly outputLimit?: number;
}

/** A job to start, or the id of one that was started. */
export type Followed = Job | string;

/**
 * One job, over as many connections as it takes: `follow` may be called again with another shell after the first was
 * lost, and goes on where it was. Starting is atomic on the host, by the job's id.
 */
export class JobRun {
  readonly #id: string;
  readonly #job: Job | undefined;
  readonly #watch: JobWatch;
  readonly #silentMs: number;
  readonly #limit: number;
  readonly #until: number;
  readonly #output: { readonly stdout: Capture; readonly stderr: Capture };
  readonly #offset = { stdout: 0, stderr: 0 };
  /** From where to where the host has nothing left. */
  readonly #cut = { stdout: { from: 0, to: 0 }, stderr: { from: 0, to: 0 } };
  /** What was ever printed, as the host counts. */
  #size = { stdout: 0, stderr: 0 };
  #wait = SHORTEST_WAIT;

  /** `silentMs`: how long a host may say nothing when it has to. */
  constructor(followed: Followed, silentMs: number, watch: JobWatch = {}) {
    this.#job = typeof followed === "string" ? undefined : followed;
    this.#id = checkJobId(typeof followed === "string" ? followed : followed.id);
    this.#watch = watch;
    this.#silentMs = silentMs;
    this.#limit = watch.outputLimit ?? this.#job?.outputLimit ?? DEFAULT_LIMIT;
    // Of a job that somebody else started, the host knows the deadline.
    const deadlineMs = this.#job ? (this.#job.deadlineMs ?? DEFAULT_DEADLINE_MS) : Number.POSITIVE_INFINITY;
    this.#until = performance.now() + deadlineMs;
    this.#output = { stdout: new Capture(this.#limit), stderr: new Capture(this.#limit) };
  }

  /** Starts the job, or finds it if it was started before, and stays until it has ended. */
  async follow(shell: Shell): Promise<JobOutcome> {
    const [first, output] = await this.#begin(shell);
    let state = this.#take(first, output);
    let toldToEnd: number | undefined;
    while (state.kind === "running") {
      const reason = this.#whyEnd();
      if (performance.now() - (toldToEnd ?? Number.POSITIVE_INFINITY) > STUCK_MS) {
        state = { kind: "unknown", because: "stuck" };
        break;
      }
      if (reason) toldToEnd ??= performance.now();
      const script = `${reason ? `evk_end ${this.#id} ${reason}; ` : ""}${this.#look(shell)}`;
      const [next, more] = await this.#send(shell, [script, this.#read()]);
      state = this.#take(next, more);
    }
    if (state.kind === "absent") throw this.#job ? notStarted(this.#job, first) : noSuchJob(this.#id);
    await this.#readRest(shell);
    const { stdout, stderr } = this.#output;
    return {
      ...state,
      stdout: stdout.bytes(),
      stderr: stderr.bytes(),
      droppedBytes: stdout.dropped + stderr.dropped,
    };
  }

  async #begin(shell: Shell): Promise<readonly (Answer | undefined)[]> {
    const { script, body } = this.#job
      ? startRequest(this.#job, "attached")
      : { script: `evk_state && evk_adopt ${this.#id} attached`, body: undefined };
    const pieces = [script, this.#look(shell), this.#read()].map((each) => ({
      script: each,
      silentMs: this.#silentMs,
    }));
    const [started, ...rest] = await shell.send(pieces, { words: jobWords, ...(body && { body }) });
    if (this.#job) demandStarted(this.#job, started);
    return rest;
  }

  #send(shell: Shell, scripts: readonly string[]): Promise<readonly Answer[]> {
    return shell.send(scripts.map((script) => ({ script, silentMs: this.#silentMs })));
  }

  /** Where others wait for the same shell, it is not kept for long. */
  #look(shell: Shell): string {
    return `evk_wait ${this.#id} ${shell.isBusy ? SHORTEST_WAIT : this.#wait}`;
  }

  #whyEnd(): "cancelled" | "deadline" | undefined {
    if (this.#watch.signal?.aborted) return "cancelled";
    return performance.now() > this.#until ? "deadline" : undefined;
  }

  /** Reads on in both outputs. What comes after the head is left for the end, when the tail is known. */
  #read(most = LIVE_PIECE): string {
    const room = most === LIVE_PIECE ? this.#limit / 2 : Number.POSITIVE_INFINITY;
    const lines = streams.map(({ stream, file, to }) => {
      if (this.#offset[stream] >= room) return ":";
      return `evk_read "$evk_s/jobs/${this.#id}/${file}" ${this.#offset[stream]} ${most}${to}`;
    });
    return lines.join("\n");
  }

  #take(told: Answer | undefined, output: Answer | undefined): JobState {
    const lines = told?.stdout.bytes().toString().trim().split("\n") ?? [];
    for (const line of lines) {
      const [word, ...rest] = line.split(" ");
      if (word === "size") this.#noteSize(Number(rest[0]), Number(rest[1]));
      if (word === "cut") this.#noteCut(rest);
    }
    for (const { stream } of streams) this.#keep(stream, output?.[stream].bytes() ?? Buffer.alloc(0));
    return parseJobState(lines[0] ?? "");
  }

  #noteSize(stdout: number, stderr: number): void {
    const grown = stdout + stderr - this.#size.stdout - this.#size.stderr;
    this.#size = { stdout, stderr };
    this.#wait = grown > FLOOD ? SHORTEST_WAIT : Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  /** The host threw away the middle of what a flooding job had printed. */
  #noteCut([file, from, to]: readonly string[]): void {
    const stream = streams.find((each) => each.file === file)?.stream;
    if (stream === undefined) return;
    this.#goBack(stream, Number(to));
    this.#cut[stream] = { from: Number(from), to: Number(to) };
    this.#skipTo(stream, 0);
  }

  /** Of what was cut while the job ran, the host may still have the last piece when it is over. */
  #goBack(stream: "stdout" | "stderr", to: number): void {
    const { from, to: before } = this.#cut[stream];
    if (to >= before || this.#offset[stream] !== before) return;
    this.#output[stream].dropped -= before - Math.max(from, to);
    this.#offset[stream] = Math.max(from, to);
  }

  /** Leaves out what is not wanted, and what is not there: the host does the same when it reads. */
  #skipTo(stream: "stdout" | "stderr", offset: number): void {
    const before = this.#offset[stream];
    const { from, to } = this.#cut[stream];
    const wanted = Math.max(before, offset);
    this.#offset[stream] = wanted >= from ? Math.max(wanted, to) : wanted;
    this.#output[stream].dropped += this.#offset[stream] - before;
  }

  #keep(stream: "stdout" | "stderr", bytes: Buffer): void {
    this.#offset[stream] += bytes.length;
    this.#skipTo(stream, 0);
    this.#output[stream].add(bytes);
    if (bytes.length > 0) this.#watch.onOutput?.(stream, bytes);
  }

  /** What is still on the host after the end: all of it, or the tail of what is too much to keep. */
  async #readRest(shell: Shell): Promise<void> {
    for (const { stream } of streams) {
      const size = this.#size[stream];
      if (this.#offset[stream] < size) this.#skipTo(stream, size - this.#limit / 2);
      while (this.#offset[stream] < size) {
        const before = this.#offset[stream];
        const [rest] = await this.#send(shell, [this.#read(LAST_PIECE)]);
        this.#take(undefined, rest);
        // Somebody removed the record meanwhile.
        if (this.#offset[stream] === before) this.#skipTo(stream, size);
      }
    }
  }
}

function noSuchJob(id: string): StepError {
  return new StepError({
    code: "transport/no-such-job",
    message: `the host has no record of a job ${id}`,
    hint: "it was never started, was another user's, or ended more than a week ago",
  });
}
