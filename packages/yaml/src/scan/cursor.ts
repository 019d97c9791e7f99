/** Where reading has come to. The text ends in NULs, so that looking ahead needs no bounds. */
export class Cursor {
  readonly text: string;
  offset: number;
  /** Where the present line begins: it tells lines apart, and columns. */
  lineStart: number;

  constructor(text: string, offset = 0, lineStart = 0) {
    this.text = text;
    this.offset = offset;
    this.lineStart = lineStart;
  }

  get column(): number {
    return this.offset - this.lineStart;
  }

  code(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead);
  }

  /** Takes a line break, and gives what it counts for: all of them are a line feed, but for Unicode's two separators. */
  takeBreak(): string {
    const code = this.code();
    this.offset += code === 13 && this.code(1) === 10 ? 2 : 1;
    this.lineStart = this.offset;
    return code === 0x2028 ? "\u2028" : code === 0x2029 ? "\u2029" : "\n";
  }

  skipBlanks(): void {
    while (isBlank(this.code())) this.offset++;
  }

  skipToBreak(): void {
    while (!isBreakOrEnd(this.code())) this.offset++;
  }

  /** `---` or `...` alone at the start of a line: it ends a document whatever it stands in. */
  isAtDocumentMark(): boolean {
    const code = this.code();
    return (
      (code === 0x2d || code === 0x2e) &&
      this.offset === this.lineStart &&
      this.code(1) === code &&
      this.code(2) === code &&
      isSpaceOrEnd(this.code(3))
    );
  }
}

export const isBlank = (code: number): boolean => code === 0x20 || code === 9;

export const isBreak = (code: number): boolean =>
  code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;

export const isBreakOrEnd = (code: number): boolean => code === 0 || isBreak(code);

/** A blank, a line break or the end: what sets one word apart from the next. */
export const isSpaceOrEnd = (code: number): boolean => code === 0x20 || code === 9 || code === 0 || isBreak(code);

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** What names of anchors, tags and directives are made of. */
export const isNameCode = (code: number): boolean =>
  isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code === 0x2d;
