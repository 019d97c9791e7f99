import type { Socket } from "node:net";
import { codeOf, Failure } from "./failure.ts";
import { ResponseReader } from "./response-reader.ts";

/** One HTTP/1.1 connection: asks one thing at a time, repeats nothing, and knows how each answer ended. */
export class HttpConnection {
  readonly socket: Socket;
  readonly localPort: number | undefined;
  /** Called when the peer closes, or speaks, while nothing is asked. */
  onIdleEnd: (() => void) | undefined;
  #asked = 0;
  #current: Asking | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    this.localPort = socket.localPort;
    socket.on("data", (bytes) => this.#hear(bytes));
    socket.on("end", () => this.#lose("END"));
    socket.on("error", (error) => this.#lose(codeOf(error), error));
    socket.on("close", () => this.#lose("END"));
  }

  get isOpen(): boolean {
    return !this.socket.destroyed && this.socket.readable && this.socket.writable;
  }

  /** Sends `request` and resolves with the whole answer, or fails with a `Failure`; the connection is then closed. */
  ask(request: string | Buffer, options: AskOptions): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const wait = Math.max(0, options.deadline - performance.now());
    const current: Asking = {
      reader: new ResponseReader((bytes) => options.onBody?.(bytes, current.reader)),
      isReused: this.#asked > 0,
      firstByteAt: 0,
      timer: setTimeout(() => this.#lose("TIMEOUT"), wait),
      onBegin: options.onBegin,
      resolve,
      reject,
    };
    this.#asked += 1;
    this.#current = current;
    if (this.isOpen) this.socket.write(request);
    else this.#lose("END");
    return promise.finally(() => clearTimeout(current.timer));
  }

  close(): void {
    this.socket.destroy();
  }

  #hear(bytes: Buffer): void {
    const current = this.#current;
    if (current === undefined) {
      this.socket.destroy();
      this.onIdleEnd?.();
      return;
    }
    current.firstByteAt ||= performance.now();
    if (current.onBegin !== undefined) {
      clearTimeout(current.timer);
      current.onBegin();
    }
    try {
      current.reader.push(bytes);
    } catch (error) {
      this.#lose(codeOf(error), error);
    }
    if (current.reader.isDone) this.#finish(current);
  }

  #finish(current: Asking): void {
    this.#current = undefined;
    if (!current.reader.isReusable) this.socket.end();
    const { reader, isReused, firstByteAt, resolve } = current;
    resolve({ reader, isReused, firstByteAt, doneAt: performance.now() });
  }

  #lose(code: string, cause?: unknown): void {
    const current = this.#current;
    if (code === "END" && current?.reader.end() === true) {
      this.#finish(current);
      return;
    }
    this.socket.destroy();
    if (current === undefined) {
      this.onIdleEnd?.();
      this.onIdleEnd = undefined;
      return;
    }
    this.#current = undefined;
    const { isReused, reader } = current;
    const { bytesReceived } = reader;
    const detail = cause instanceof Error ? cause.message : DETAILS[code];
    const failure = { phase: "exchange" as const, code, isReused, bytesReceived, localPort: this.localPort };
    current.reject(new Failure({ ...failure, cause, ...(detail !== undefined && { detail }) }));
  }
}

export interface AskOptions {
  /** performance.now() */
  deadline: number;
  onBody?: (bytes: Buffer, reader: ResponseReader) => void;
  /** The answer is a stream that need not end: this is called when it begins, and there is no deadline any more. */
  onBegin?: () => void;
}

export interface Answer {
  reader: ResponseReader;
  isReused: boolean;
  firstByteAt: number;
  doneAt: number;
}

interface Asking {
  reader: ResponseReader;
  isReused: boolean;
  firstByteAt: number;
  timer: NodeJS.Timeout;
  onBegin: (() => void) | undefined;
  resolve(answer: Answer): void;
  reject(failure: Failure): void;
}

const DETAILS: Record<string, string> = {
  END: "the server closed the connection",
  TIMEOUT: "no whole answer before the deadline",
};
