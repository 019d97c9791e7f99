import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { Duplex } from "node:stream";
import type { Connection, Endpoint, JobWatch, Privilege, Read } from "../../src/index.ts";
import type { Reply, Request } from "./calls.ts";
import { readMessages, sendMessage } from "./messages.ts";

/** A process that holds connections, on this machine (to weigh it) or on a host (to be "local" there). */
export class ProcessApart {
  /** The most memory that the process had when it last answered. */
  peakBytes = 0;
  readonly #child: ChildProcess;
  readonly #calls = new Map<number, Call>();
  #hasEnded = false;
  #last = 0;

  constructor(argv: readonly string[]) {
    const [program = "", ...rest] = argv;
    this.#child = spawn(program, rest, { stdio: ["pipe", "pipe", "inherit"] });
    void this.#listen();
  }

  connect(endpoint: Endpoint): Connection {
    const connection = ++this.#last;
    this.#send({ kind: "connect", connection, endpoint });
    return this.#connection(connection);
  }

  end(): void {
    this.#child.stdin?.end();
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #connection(connection: number): Connection {
    const call = (method: string, ...values: unknown[]) =>
      this.#call(connection, method, values).result as Promise<never>;
    return {
      ready: () => call("ready"),
      exchange: (reads, options) => call("exchange", reads.map(plain), options),
      start: (job) => call("start", job),
      jobState: (id) => call("jobState", id),
      jobs: () => call("jobs"),
      put: (file) => call("put", file),
      putTree: (tree) => call("putTree", tree),
      close: () => call("close"),
      job: (job, watch) => this.#follow(connection, "job", job, watch) as Promise<never>,
      follow: (id, watch) => this.#follow(connection, "follow", id, watch) as Promise<never>,
      get: (path, sink) => this.#get(connection, path, sink) as Promise<never>,
      tunnel: (target) => this.#tunnel(connection, target),
      as: (privilege) => this.#as(connection, privilege),
    };
  }

  #as(of: number, privilege: Privilege): Connection {
    const connection = ++this.#last;
    this.#send({ kind: "as", connection, of, privilege });
    return this.#connection(connection);
  }

  #get(connection: number, path: string, sink: (bytes: Buffer) => unknown): Promise<unknown> {
    const onBytes = async (_stream: string, bytes?: Buffer) => {
      if (bytes) await sink(bytes);
      this.#send({ kind: "input", call: id, bytes: Buffer.alloc(0) });
    };
    const { id, result } = this.#call(connection, "get", [path], onBytes);
    return result;
  }

  #follow(connection: number, method: string, what: unknown, watch: JobWatch = {}): Promise<unknown> {
    const { signal, onOutput, outputLimit } = watch;
    const onBytes = (stream: string, bytes?: Buffer) => bytes && onOutput?.(stream as "stdout", bytes);
    const { id, result } = this.#call(connection, method, [what, onOutput !== undefined, outputLimit], onBytes);
    const abort = () => this.#send({ kind: "abort", call: id });
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    return result.finally(() => signal?.removeEventListener("abort", abort));
  }

  async #tunnel(connection: number, target: unknown): Promise<Duplex> {
    const stream = new Duplex({
      read: () => undefined,
      write: (bytes: Buffer, _encoding, done) => {
        this.#send({ kind: "input", call: id, bytes });
        done();
      },
      final: (done) => {
        this.#send({ kind: "input", call: id, bytes: undefined });
        done();
      },
    });
    const { id, result } = this.#call(connection, "tunnel", [target], (_name, bytes) => stream.push(bytes ?? null));
    await result;
    return stream;
  }

  #call(connection: number, method: string, values: readonly unknown[], onBytes: Call["onBytes"] = () => undefined) {
    const call = ++this.#last;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#calls.set(call, { resolve, reject, onBytes });
    if (this.#hasEnded) reject(new Error("the process apart has ended"));
    this.#send({ kind: "call", call, connection, method, values });
    return { id: call, result: promise };
  }

  #send(request: Request): void {
    if (this.#child.stdin) sendMessage(this.#child.stdin, request);
  }

  async #listen(): Promise<void> {
    if (this.#child.stdout === null) return;
    for await (const message of readMessages(this.#child.stdout)) this.#take(message as Reply);
    this.#hasEnded = true;
    for (const call of this.#calls.values()) call.reject(new Error("the process apart has ended"));
  }

  #take(reply: Reply): void {
    const call = this.#calls.get(reply.call);
    if (reply.kind === "output") call?.onBytes(reply.stream, reply.bytes);
    else if (reply.kind === "failed") call?.reject(Object.assign(new Error(String(reply.error.message)), reply.error));
    else {
      this.peakBytes = reply.peakBytes;
      call?.resolve(reply.result);
    }
  }
}

/** A read may carry functions for its asker. */
function plain({ script, outputLimit }: Read): Read {
  return { script, ...(outputLimit !== undefined && { outputLimit }) };
}

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onBytes: (stream: string, bytes: Buffer | undefined) => unknown;
}
