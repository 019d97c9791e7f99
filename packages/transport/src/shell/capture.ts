/** Output kept within bounds: its head and its tail, and how much fell out between them. */
export class Capture {
  readonly #half: number;
  readonly #head: Buffer[] = [];
  #headSize = 0;
  /** A ring, so that a flood leaves no heap of small buffers behind. Its memory is not touched before it is needed. */
  #tail: Buffer | undefined;
  #tailSize = 0;
  /** Bytes that came and were not kept. */
  dropped = 0;

  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  add(bytes: Buffer): void {
    const toHead = bytes.subarray(0, this.#half - this.#headSize);
    if (toHead.length > 0) {
      this.#head.push(toHead);
      this.#headSize += toHead.length;
    }
    if (toHead.length < bytes.length) this.#addToTail(bytes.subarray(toHead.length));
  }

  bytes(): Buffer {
    if (this.#tail === undefined) return Buffer.concat(this.#head);
    if (this.#tailSize <= this.#half) return Buffer.concat([...this.#head, this.#tail.subarray(0, this.#tailSize)]);
    const oldest = this.#half === 0 ? 0 : this.#tailSize % this.#half;
    return Buffer.concat([...this.#head, this.#tail.subarray(oldest), this.#tail.subarray(0, oldest)]);
  }

  /** `#tailSize` counts all that ever came; what is kept is the last of it. */
  #addToTail(bytes: Buffer): void {
    const before = Math.max(0, this.#tailSize - this.#half);
    const skipped = Math.max(0, bytes.length - this.#half);
    this.#tail ??= Buffer.allocUnsafe(this.#half);
    const at = this.#half === 0 ? 0 : (this.#tailSize + skipped) % this.#half;
    const copied = bytes.copy(this.#tail, at, skipped);
    bytes.copy(this.#tail, 0, skipped + copied);
    this.#tailSize += bytes.length;
    this.dropped += Math.max(0, this.#tailSize - this.#half) - before;
  }
}
