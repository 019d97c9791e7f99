/** Text that is never a template (`!unsafe`), whatever braces it holds. */
export class UnsafeText {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  toString(): string {
    return this.value;
  }

  toJSON(): string {
    return this.value;
  }
}
