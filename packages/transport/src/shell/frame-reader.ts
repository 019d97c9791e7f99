/** What a frame reader saw: a piece of the current answer, or its end with the status it carried. */
export type Frame =
  | { readonly kind: "data"; readonly bytes: Buffer }
  | { readonly kind: "end"; readonly status: number };

const RS = 0x1e;
const LF = 0x0a;
/** The longest status that a closing mark carries, with its line feed. */
const LONGEST_STATUS = 8;

/**
 * Finds answers in a stream that may hold anything: an answer begins after `RS nonce < LF` and ends before
 * `RS nonce > status LF`. The nonce is drawn anew for each answer and never guessed, so no output can look like a mark.
 * Bytes outside of marks are noise (a login shell's greeting, a daemon that kept the pipe) and are counted, not kept.
 */
export class FrameReader {
  noise = 0;
  #awaited: { readonly open: Buffer; readonly shut: Buffer; opened: boolean }[] = [];
  #held: Buffer = Buffer.alloc(0);

  /** Announces the next answer to look for, in the order of the requests. */
  expect(nonce: string): void {
    this.#awaited.push({
      open: Buffer.from(`\x1e${nonce}<\n`, "latin1"),
      shut: Buffer.from(`\x1e${nonce}>`, "latin1"),
      opened: false,
    });
  }

  /** Takes what arrived and gives what it completes, in order. */
  *push(chunk: Buffer): Generator<Frame> {
    let rest = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = Buffer.alloc(0);
    for (;;) {
      const current = this.#awaited[0];
      if (current === undefined) {
        this.noise += rest.length;
        return;
      }
      const mark = current.opened ? current.shut : current.open;
      const at = rest.indexOf(mark);
      if (at < 0) {
        const keep = possibleMark(rest, mark);
        yield* this.#pass(current.opened, rest.subarray(0, rest.length - keep));
        this.#held = rest.subarray(rest.length - keep);
        return;
      }
      yield* this.#pass(current.opened, rest.subarray(0, at));
      rest = rest.subarray(at);
      if (!current.opened) {
        current.opened = true;
        rest = rest.subarray(mark.length);
        continue;
      }
      const lineEnd = rest.indexOf(LF, mark.length);
      if (lineEnd < 0 && rest.length < mark.length + LONGEST_STATUS) {
        this.#held = rest;
        return;
      }
      this.#awaited.shift();
      const status = lineEnd < 0 ? Number.NaN : Number(rest.toString("latin1", mark.length, lineEnd));
      yield { kind: "end", status };
      rest = lineEnd < 0 ? rest.subarray(rest.length) : rest.subarray(lineEnd + 1);
    }
  }

  *#pass(opened: boolean, bytes: Buffer): Generator<Frame> {
    if (!opened) this.noise += bytes.length;
    else if (bytes.length > 0) yield { kind: "data", bytes };
  }
}

/** How many bytes at the end of `bytes` may be the beginning of `mark`. */
function possibleMark(bytes: Buffer, mark: Buffer): number {
  const from = Math.max(0, bytes.length - mark.length + 1);
  let at = bytes.indexOf(RS, from);
  while (at >= 0) {
    if (bytes.subarray(at).equals(mark.subarray(0, bytes.length - at))) return bytes.length - at;
    at = bytes.indexOf(RS, at + 1);
  }
  return 0;
}
