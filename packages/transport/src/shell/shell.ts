import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { heardElsewhere } from "../heard-elsewhere.ts";
import type { Channel, ChannelEnd } from "../link.ts";
import { Capture } from "./capture.ts";
import { driver } from "./driver.ts";
import { FrameReader } from "./frame-reader.ts";
import type { Answer, Body, Piece, Sink, With } from "./request.ts";
import { ShellLost } from "./shell-lost.ts";

interface Pending {
  readonly stdout: Capture;
  readonly stderr: Capture;
  readonly sink: Sink | undefined;
  readonly silentMs: number | undefined;
  readonly onTurn: (() => void) | undefined;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** A command may be over before its last words have arrived. */
const LAST_WORDS_MS = 250;

/** A shell that is to be of use says who it is by then. */
const GREETING_MS = 60_000;

/** How much of one answer's stream is kept unless the request says otherwise. */
const DEFAULT_LIMIT = 32 * 1024 * 1024;

/**
 * One live `/bin/sh` on a host, fed with scripts, answering in order. Requests may be sent before earlier ones have
 * answered. What it prints is found by nonces (frame-reader.ts), so nothing a host says can be taken for an answer's end.
 */
export class Shell {
  /** Its process on the host. */
  readonly pid: Promise<string>;
  readonly #channel: Channel;
  readonly #pending = { stdout: [] as Pending[], stderr: [] as Pending[] };
  readonly #readers = { stdout: new FrameReader(), stderr: new FrameReader() };
  readonly #taught = new Set<() => string>();
  #lastWrite: Promise<void> = Promise.resolve();
  #lost: ShellLost | undefined;
  #broken: unknown;
  #hasAnswered = false;
  #isGivenUp = false;
  #silence: NodeJS.Timeout | undefined;
  /** When the host last said or took something, as `performance.now()` counts. */
  heardAt = performance.now();
  /** What was printed on stderr outside of any answer: a login shell's complaints, sudo's refusal. */
  readonly stray = new Capture(4096);

  /** `channel` runs a shell that waits for a line with a length and so much script; `mark` begins that line, if wanted. */
  constructor(channel: Channel, mark = "") {
    this.#channel = channel;
    // Whoever had the channel before may have paused it.
    channel.stdout.on("data", (chunk: Buffer) => this.#receive("stdout", chunk)).resume();
    channel.stderr.on("data", (chunk: Buffer) => this.#receive("stderr", chunk)).resume();
    channel.stdin.on("error", () => undefined); // The channel's end tells.
    void channel.end.then(async (end) => {
      // Of a wire that is gone nothing more comes, and a run that is over does not wait for it.
      if (end.kind !== "lost")
        await Promise.race([Promise.all([ended(channel.stdout), ended(channel.stderr)]), sleep(LAST_WORDS_MS)]);
      this.#lose(end);
    });
    const greeting = this.#wrap({ script: "echo $$", silentMs: GREETING_MS });
    const words = `${driver.replace("evk_greet", () => greeting.script)}`;
    this.pid = greeting.answer.then(({ stdout }) => stdout.bytes().toString().trim());
    this.pid.catch(() => undefined); // Whoever asks something is told.
    this.#write(`${mark}${Buffer.byteLength(words)}\n${words}`);
  }

  /** Settles when the shell is gone. */
  get end(): Promise<ChannelEnd> {
    return this.#channel.end;
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Whether it ever was what we took it for: a shell that runs our words. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** Whether it owes answers to others already. */
  get isBusy(): boolean {
    return this.#next !== undefined;
  }

  /** Whether we stopped waiting for it, though its channel is still there. */
  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  /** Runs pieces one after another in one round trip; each has its own answer. */
  send(pieces: readonly Piece[], { words, body, onTurn, onAnswer }: With = {}): Promise<readonly Answer[]> {
    const teach = words && !this.#taught.has(words) ? words() : "";
    if (words) this.#taught.add(words);
    const wrapped = pieces.map((piece, at) => this.#wrap(piece, at === 0 ? onTurn : undefined));
    const script = `${teach}${wrapped.map((each) => each.script).join("")}:`;
    if (this.#lost === undefined) {
      this.#write(`${Buffer.byteLength(script)}\n${script}`);
      if (body) this.#writeBody(body);
    }
    const each = wrapped.map(({ answer }) => answer);
    if (onAnswer)
      for (const [index, answer] of each.entries()) answer.then((said) => onAnswer(said, index)).catch(heardElsewhere);
    return Promise.all(each);
  }

  close(): void {
    this.#channel.stdin.end();
    this.#channel.close();
  }

  /** Puts a piece between marks of its own, and looks out for them. */
  #wrap(piece: Piece, onTurn?: () => void): { script: string; answer: Promise<Answer> } {
    const nonce = randomBytes(16).toString("hex");
    const script = `evk_open ${nonce}\n${piece.script}\nevk_shut ${nonce} $?\n`;
    return { script, answer: this.#expect(nonce, piece, onTurn) };
  }

  #expect(nonce: string, { limit = DEFAULT_LIMIT, sink, silentMs }: Piece, onTurn?: () => void): Promise<Answer> {
    if (this.#lost) return Promise.reject(this.#lost);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const kept = { stdout: new Capture(limit), stderr: new Capture(limit) };
    const pending = { ...kept, sink, silentMs, onTurn, resolve, reject };
    for (const stream of ["stdout", "stderr"] as const) {
      this.#readers[stream].expect(nonce);
      this.#pending[stream].push(pending);
    }
    if (this.#next === pending) {
      pending.onTurn?.();
      this.#listen();
    }
    return promise;
  }

  /** Whose answer is due. */
  get #next(): Pending | undefined {
    const [out, err] = [this.#pending.stdout[0], this.#pending.stderr[0]];
    // An answer is whole when both of its streams are: of two, the one that has more behind it is the older.
    return this.#pending.stdout.length >= this.#pending.stderr.length ? out : err;
  }

  /** The host is alive: from now on it may be silent for as long as the next answer allows. */
  #listen(): void {
    this.heardAt = performance.now();
    clearTimeout(this.#silence);
    const silentMs = this.#next?.silentMs;
    if (silentMs !== undefined) this.#silence = setTimeout(() => this.#giveUp(silentMs), silentMs);
  }

  #giveUp(silentMs: number): void {
    this.#isGivenUp = true;
    this.#lose({ kind: "lost", reason: `it said nothing for ${silentMs / 1000} s, though an answer was due` });
  }

  #receive(stream: "stdout" | "stderr", chunk: Buffer): void {
    const noiseBefore = this.#readers[stream].noise;
    let hasHeard = false;
    for (const frame of this.#readers[stream].push(chunk)) {
      const pending = this.#pending[stream][0];
      if (pending === undefined) continue;
      hasHeard = true;
      if (frame.kind === "data") this.#keep(stream, pending, frame.bytes);
      else this.#finish(stream, pending, frame.status);
    }
    if (stream === "stderr" && this.#readers.stderr.noise > noiseBefore) this.stray.add(chunk);
    if (hasHeard) this.#listen(); // Noise is no sign of life.
  }

  #keep(stream: "stdout" | "stderr", pending: Pending, bytes: Buffer): void {
    if (stream === "stderr" || pending.sink === undefined) {
      pending[stream].add(bytes);
      return;
    }
    const busy = pending.sink(bytes);
    if (busy === undefined) return;
    this.#channel.stdout.pause();
    void busy.catch(() => this.close()).finally(() => this.#channel.stdout.resume());
  }

  #finish(stream: "stdout" | "stderr", pending: Pending, status: number): void {
    this.#pending[stream].shift();
    const other = stream === "stdout" ? "stderr" : "stdout";
    if (this.#pending[other].includes(pending)) return;
    this.#hasAnswered = true;
    this.#next?.onTurn?.();
    pending.resolve({ status, stdout: pending.stdout, stderr: pending.stderr });
  }

  #lose(end: ChannelEnd): void {
    clearTimeout(this.#silence);
    if (this.#lost) return;
    this.#lost = new ShellLost(end, this.stray.bytes().toString());
    const waiting = new Set([...this.#pending.stdout, ...this.#pending.stderr]);
    this.#pending.stdout = [];
    this.#pending.stderr = [];
    for (const pending of waiting) pending.reject(this.#broken ?? this.#lost);
  }

  #write(bytes: string): void {
    this.#lastWrite = this.#lastWrite.then(() => this.#writeOut(Buffer.from(bytes)));
  }

  #writeBody({ content }: Body): void {
    this.#lastWrite = this.#lastWrite.then(async () => {
      try {
        for await (const chunk of content) await this.#writeOut(chunk);
      } catch (error) {
        // The shell waits for bytes that will never come: it can be of no more use.
        this.#broken = error;
        this.close();
      }
    });
  }

  async #writeOut(bytes: Uint8Array): Promise<void> {
    const { stdin } = this.#channel;
    if (this.#lost || stdin.destroyed || stdin.write(bytes)) return;
    await Promise.race([once(stdin, "drain").catch(() => undefined), this.#channel.end]);
    if (!this.#lost) this.#listen();
  }
}

function ended(stream: Readable): Promise<unknown> {
  return stream.readableEnded || stream.destroyed
    ? Promise.resolve()
    : Promise.race([once(stream, "end"), once(stream, "close")]).catch(() => undefined);
}
