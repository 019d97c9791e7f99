import type { Duplex } from "node:stream";
import { Writable } from "node:stream";
import type { ClientChannel } from "ssh2";
import { heardElsewhere } from "../heard-elsewhere.ts";

/**
 * A channel's stdin with two faults of ssh2 mended: a write to a channel that is gone fails (ssh2 never calls back),
 * and a write waits while the socket is full (ssh2 queues on, up to each channel's window).
 */
export class ChannelInput extends Writable {
  readonly #channel: ClientChannel;
  readonly #socket: Duplex;
  #pending: ((error?: Error) => void) | undefined;

  constructor(channel: ClientChannel, socket: Duplex) {
    super({ highWaterMark: 64 * 1024 });
    this.#channel = channel;
    this.#socket = socket;
    // Whoever writes is told by its callback, and by the channel's end; an unheard 'error' must not end the process.
    this.on("error", heardElsewhere);
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#pending = done;
    this.#channel.write(chunk, () => {
      if (!this.#socket.writableNeedDrain) this.#settle();
      else this.#socket.once("drain", () => this.#settle());
    });
  }

  override _final(done: () => void): void {
    this.#channel.end();
    done();
  }

  /** The channel is gone: nothing more can be written. */
  cut(reason: string): void {
    if (this.writableFinished || this.destroyed) return;
    const error = new Error(`cannot write: ${reason}`);
    this.#settle(error);
    this.destroy(error);
  }

  #settle(error?: Error): void {
    const done = this.#pending;
    this.#pending = undefined;
    done?.(error);
  }
}
