import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { Duplex } from "node:stream";
import { heardElsewhere } from "../heard-elsewhere.ts";

/**
 * A child's stdin and stdout as one stream, which ends when the child does: a child that fails makes it fail, though
 * its stdout had ended before.
 */
export class ChildStream extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(child: ChildProcessWithoutNullStreams, explain: () => Error) {
    super();
    this.#child = child;
    child.stdout.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stdin.on("error", heardElsewhere);
    child.once("close", (code) => {
      if (code === 0) this.push(null);
      else this.destroy(this.destroyed ? undefined : explain());
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (!this.#child.stdin.writable || this.#child.stdin.write(chunk)) done();
    else this.#child.stdin.once("drain", done);
  }

  override _final(done: () => void): void {
    this.#child.stdin.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }
}
