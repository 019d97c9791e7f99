import { InputError, quote, quoteAll, Secret, StepError } from "@evenkeel/core";
import { Capture } from "../shell/capture.ts";
import type { Answer, Shell } from "../shell/shell.ts";
import type { Job, JobOutcome, JobState } from "./job.ts";
import { parseJobState } from "./job.ts";
import { jobWords } from "./job-words.ts";

/** How much of a running job's output one answer carries, and how much of an ended one's. */
const LIVE_PIECE = 256 * 1024;
const LAST_PIECE = 4 * 1024 * 1024;
const DEFAULT_LIMIT = 32 * 1024 * 1024;
const DEFAULT_DEADLINE_MS = 3_600_000;
/** Linux takes no longer environment variable. */
const LONGEST_COMMAND = 120 * 1024;

const streams = [
  { stream: "stdout", file: "out", to: "" },
  { stream: "stderr", file: "err", to: " >&2" },
] as const;

export interface JobWatch {
  /** Takes output as it comes. */
  readonly onOutput?: (stream: "stdout" | "stderr", bytes: Buffer) => void;
  /** Ends the job's whole process tree on the host. */
  readonly signal?: AbortSignal;
}

/**
 * One job, over as many connections as it takes: `follow` may be called again with another shell after the first was
 * lost, and goes on where it was. Starting is atomic on the host, by the job's id.
 */
export class JobRun {
  readonly #job: Job;
  readonly #watch: JobWatch;
  readonly #started = performance.now();
  readonly #output: { readonly stdout: Capture; readonly stderr: Capture };
  readonly #offset = { stdout: 0, stderr: 0 };
  /** From where to where the host has nothing left. */
  readonly #cut = { stdout: { from: 0, to: 0 }, stderr: { from: 0, to: 0 } };

  constructor(job: Job, watch: JobWatch = {}) {
    if (!/^[A-Za-z0-9-]{1,80}$/.test(job.id)) {
      throw new InputError({ code: "transport/job-id", message: `not a job id: ${JSON.stringify(job.id)}` });
    }
    this.#job = job;
    this.#watch = watch;
    const limit = job.outputLimit ?? DEFAULT_LIMIT;
    this.#output = { stdout: new Capture(limit), stderr: new Capture(limit) };
  }

  /** Starts the job, or finds it if it was started before, and stays until it has ended. */
  async follow(shell: Shell): Promise<JobOutcome> {
    const { id } = this.#job;
    const stdin = bytesOf(this.#job.stdin);
    const look = { script: `evk_wait ${id}; evk_tell ${id}` };
    const [started, first, output] = await shell.send([this.#start(stdin.length), look, this.#read()], {
      words: jobWords,
      body: { size: stdin.length, content: [stdin] },
    });
    if (started?.status !== 0) throw this.#notStarted(started);
    let state = this.#take(first, output);
    while (state.kind === "running") {
      const reason = this.#whyEnd();
      const script = reason ? `evk_end ${id} ${reason}; evk_tell ${id}` : look.script;
      const [next, more] = await shell.send([{ script }, this.#read()]);
      state = this.#take(next, more);
    }
    if (state.kind === "absent") throw this.#notStarted(first);
    await this.#readRest(shell);
    const { stdout, stderr } = this.#output;
    return {
      ...state,
      stdout: stdout.bytes(),
      stderr: stderr.bytes(),
      droppedBytes: stdout.dropped + stderr.dropped,
    };
  }

  #start(stdinSize: number) {
    const { id, deadlineMs = DEFAULT_DEADLINE_MS, whenLost = 60 } = this.#job;
    const command = commandLine(this.#job);
    if (Buffer.byteLength(command) > LONGEST_COMMAND) {
      throw new InputError({
        code: "transport/command-too-long",
        message: `a command of ${Buffer.byteLength(command)} bytes is longer than a host takes (${LONGEST_COMMAND})`,
        hint: "put it into a file, or send its data on stdin",
      });
    }
    const script = `EVENKEEL_RUN=${quote(command)}\nevk_start ${id} ${Math.ceil(deadlineMs / 1000)} ${whenLost} ${stdinSize}`;
    return { script };
  }

  #whyEnd(): "cancelled" | "deadline" | undefined {
    if (this.#watch.signal?.aborted) return "cancelled";
    return performance.now() - this.#started > (this.#job.deadlineMs ?? DEFAULT_DEADLINE_MS) ? "deadline" : undefined;
  }

  /** Reads on in both outputs. What comes after the head is left for the end, when the tail is known. */
  #read(most = LIVE_PIECE) {
    const room = most === LIVE_PIECE ? (this.#job.outputLimit ?? DEFAULT_LIMIT) / 2 : Number.POSITIVE_INFINITY;
    const lines = streams.map(({ stream, file, to }) => {
      if (this.#offset[stream] >= room) return ":";
      return `evk_read "$evk_s/jobs/${this.#job.id}/${file}" ${this.#offset[stream]} ${most}${to}`;
    });
    return { script: lines.join("\n") };
  }

  #take(told: Answer | undefined, output: Answer | undefined): JobState {
    const lines = told?.stdout.bytes().toString().trim().split("\n") ?? [];
    for (const line of lines) this.#noteCut(line);
    for (const { stream } of streams) this.#keep(stream, output?.[stream].bytes() ?? Buffer.alloc(0));
    return parseJobState(lines.at(-1) ?? "");
  }

  /** The host threw away the middle of what a flooding job had printed. */
  #noteCut(line: string): void {
    const [word, file, from, to] = line.split(" ");
    const stream = streams.find((each) => word === "cut" && each.file === file)?.stream;
    if (stream === undefined) return;
    this.#cut[stream] = { from: Number(from), to: Number(to) };
    this.#skipTo(stream, 0);
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
    const isMore = ({ stream }: (typeof streams)[number]) => this.#offset[stream] >= LIVE_PIECE;
    if (!streams.some(isMore)) return;
    const sizes = streams.map(({ file }) => ({ script: `evk_size "$evk_s/jobs/${this.#job.id}/${file}"` }));
    const answers = await shell.send(sizes);
    const limit = this.#job.outputLimit ?? DEFAULT_LIMIT;
    for (const [index, { stream }] of streams.entries()) {
      const size = Number(answers[index]?.stdout.bytes().toString());
      this.#skipTo(stream, size - limit / 2);
      while (this.#offset[stream] < size) this.#take(undefined, (await shell.send([this.#read(LAST_PIECE)]))[0]);
    }
  }

  #notStarted(answer: Answer | undefined): StepError {
    return new StepError({
      code: "transport/job-not-started",
      message: `the host could not start ${quoteAll(this.#job.argv)}`,
      detail: answer?.stderr.bytes().toString().trim() ?? "",
      hint: "nothing was run; the host must be able to write its job records",
    });
  }
}

function bytesOf(stdin: Job["stdin"]): Uint8Array {
  if (stdin === undefined) return new Uint8Array();
  if (stdin instanceof Secret) return Buffer.from(stdin.reveal());
  return typeof stdin === "string" ? Buffer.from(stdin) : stdin;
}

function commandLine({ argv, directory, environment = {} }: Job): string {
  const settings = Object.entries(environment).map(([name, value]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new InputError({
        code: "transport/environment-name",
        message: `not a name of a variable: ${JSON.stringify(name)}`,
      });
    }
    return `${name}=${quote(value instanceof Secret ? value.reveal() : value)}; export ${name}; `;
  });
  const change = directory === undefined ? "" : `cd -- ${quote(directory)} && `;
  return `${settings.join("")}${change}exec ${quoteAll(argv)}`;
}
