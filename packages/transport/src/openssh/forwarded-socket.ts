import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** How long ssh may take to say why it closed a socket that it had opened. */
const REASON_MS = 250;

/**
 * A local socket that ssh forwards. ssh takes the connection before it knows whether the host has somebody to take it, and
 * closes it without a word if not: then the reason that it gives elsewhere becomes the stream's error.
 */
export class ForwardedSocket extends Duplex {
  readonly #socket: Socket;
  readonly #reason: Promise<Error>;
  #hasBegun = false;

  /** `reason` settles if ssh says that it opened no way. */
  constructor(socket: Socket, reason: Promise<Error>) {
    super();
    this.#socket = socket;
    this.#reason = reason;
    socket.on("data", (chunk: Buffer) => {
      this.#hasBegun = true;
      if (!this.push(chunk)) socket.pause();
    });
    socket.once("end", () => void this.#end());
    socket.once("error", (error) => void this.#end(error));
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#socket.write(chunk, () => done()); // Its error has a listener already.
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  async #end(error?: Error): Promise<void> {
    const refusal = this.#hasBegun ? undefined : await Promise.race([this.#reason, soon()]);
    const failure = refusal ?? error;
    if (failure) this.destroy(failure);
    else this.push(null);
  }
}

function soon(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), REASON_MS));
}
