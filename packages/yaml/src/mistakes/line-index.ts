import type { Place } from "@evenkeel/core";

/** From offsets to lines and columns. Lines are found when a place is first asked for. */
export class LineIndex {
  readonly #text: string;
  readonly #file: string;
  #starts: readonly number[] | undefined;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  placeAt(offset: number): Place {
    const line = this.lineAt(offset);
    return { file: this.#file, line, column: offset - this.startOf(line) + 1 };
  }

  /** The number of the line that an offset is in; the first is 1. */
  lineAt(offset: number): number {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  startOf(line: number): number {
    return this.#lineStarts()[line - 1] ?? this.#text.length;
  }

  textOf(line: number): string {
    return this.#text.slice(this.startOf(line), this.startOf(line + 1)).replace(/[\r\n\x85\u2028\u2029]+$/, "");
  }

  #lineStarts(): readonly number[] {
    this.#starts ??= [
      0,
      ...Array.from(this.#text.matchAll(/\r\n|[\n\r\x85\u2028\u2029]/g), (each) => each.index + each[0].length),
    ];
    return this.#starts;
  }
}
