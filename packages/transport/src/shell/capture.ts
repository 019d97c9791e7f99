/** Output kept within bounds: its head and its tail, and how much fell out between them. */
export class Capture {
  readonly #limit: number;
  #head: Buffer[] = [];
  #headSize = 0;
  #tail: Buffer[] = [];
  #tailSize = 0;
  /** Bytes that came and were not kept. */
  dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(bytes: Buffer): void {
    const room = this.#limit / 2 - this.#headSize;
    const toHead = bytes.subarray(0, Math.max(0, room));
    if (toHead.length > 0) {
      this.#head.push(toHead);
      this.#headSize += toHead.length;
    }
    if (toHead.length === bytes.length) return;
    // A small copy, so that a few kept bytes do not hold on to a whole network buffer.
    this.#tail.push(Buffer.from(bytes.subarray(toHead.length)));
    this.#tailSize += bytes.length - toHead.length;
    this.#trim();
  }

  bytes(): Buffer {
    return Buffer.concat([...this.#head, ...this.#tail]);
  }

  #trim(): void {
    let excess = this.#tailSize - this.#limit / 2;
    while (excess > 0) {
      const first = this.#tail[0];
      if (first === undefined) return;
      const cut = Math.min(excess, first.length);
      if (cut === first.length) this.#tail.shift();
      else this.#tail[0] = first.subarray(cut);
      this.#tailSize -= cut;
      this.dropped += cut;
      excess -= cut;
    }
  }
}
