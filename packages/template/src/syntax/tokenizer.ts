/// <reference path="./nunjucks.d.ts" />
import type { Token, Tokenizer } from "nunjucks/src/lexer.js";
import lexer from "nunjucks/src/lexer.js";
import type { Position } from "../python/fault.ts";
import { TemplateFault } from "../python/fault.ts";
import { CodeReader } from "./code-reader.ts";
import type { Delimiters, Opening } from "./delimiters.ts";
import { delimitersOf } from "./delimiters.ts";
import type { Settings } from "./settings.ts";

const NunjucksTokenizer = lexer.lex("").constructor as typeof Tokenizer;

/** What is written outside of any delimiter counts as what. */
export type Start = "text" | "expression";

/**
 * nunjucks' tokenizer with Jinja2's rules: white space control with `-` and `+`, trim_blocks, lstrip_blocks, raw blocks,
 * line statements, brackets that may hold delimiters, and Python's literals. White space and comments give no tokens.
 */
export class JinjaTokenizer extends NunjucksTokenizer {
  readonly #settings: Settings;
  readonly #delimiters: Delimiters;
  readonly #queue: Token[] = [];
  readonly #keepsBackslashes: boolean;
  #code: CodeReader | undefined;
  #isLineStart = true;

  constructor(
    source: string,
    settings: Settings,
    { start, keepsBackslashes }: { start: Start; keepsBackslashes: boolean },
  ) {
    super(normalize(source, settings, start));
    this.#settings = settings;
    this.#delimiters = delimitersOf(settings);
    this.#keepsBackslashes = keepsBackslashes;
    if (start === "expression")
      this.#code = new CodeReader(this, "expression", keepsBackslashes, { lineno: 0, colno: 0 });
  }

  override nextToken(): Token | null {
    while (this.#queue.length === 0) {
      if (this.#code === undefined) {
        if (this.index >= this.len) return null;
        this.#readText();
      } else {
        const token = this.#code.next(this.#delimiters);
        if (this.#code.isDone) this.#leaveCode();
        return token;
      }
    }
    return this.#queue.shift() ?? null;
  }

  /** Moves on, counting lines. */
  advance(to: number): void {
    for (let at = this.str.indexOf("\n", this.index); at >= 0 && at < to; at = this.str.indexOf("\n", at + 1)) {
      this.lineno++;
      this.colno = -(at + 1 - this.index);
    }
    this.colno += to - this.index;
    this.index = to;
  }

  #leaveCode(): void {
    this.#code = undefined;
    this.#isLineStart = this.str[this.index - 1] === "\n";
  }

  /** Text up to the next delimiter, and what the delimiter opens. */
  #readText(): void {
    const opening = this.#delimiters.next(this.str, this.index);
    if (opening === undefined) {
      this.#pushData(this.str.slice(this.index));
      this.advance(this.len);
      return;
    }
    this.#pushData(this.#trimmed(this.str.slice(this.index, opening.at), opening));
    this.advance(opening.at);
    const at = { lineno: this.lineno, colno: this.colno };
    this.advance(opening.end);
    this.#isLineStart = false;
    if (opening.kind === "comment" || opening.kind === "lineComment") this.#skipComment(opening.kind, at);
    else if (opening.kind === "raw") this.#readRaw(at);
    else this.#enterCode(opening.kind, at);
  }

  #enterCode(kind: "block" | "variable" | "line", at: Position): void {
    this.#code = new CodeReader(this, kind, this.#keepsBackslashes && kind === "variable", at);
    this.#queue.push({ type: kind === "variable" ? "variable-start" : "block-start", value: "", ...at });
  }

  #skipComment(kind: "comment" | "lineComment", at: Position): void {
    const end = this.#delimiters.endOf(kind, this.str, this.index);
    if (end === undefined) throw new TemplateFault("syntax", "this comment is not closed", { at });
    this.advance(end.end);
    this.#isLineStart = this.str[end.end - 1] === "\n";
  }

  #readRaw(at: Position): void {
    const end = this.#delimiters.endOf("raw", this.str, this.index);
    if (end === undefined) throw new TemplateFault("syntax", "this raw block is not closed with endraw", { at });
    this.#pushData(this.#trimmed(this.str.slice(this.index, end.at), { kind: "raw", ...end }));
    this.advance(end.end);
    this.#isLineStart = this.str[end.end - 1] === "\n";
  }

  /** Without the white space that the delimiter after it drops. */
  #trimmed(text: string, { kind, sign }: Opening): string {
    if (sign === "-") return text.replace(/\s+$/, "");
    if (sign === "+" || !this.#settings.lstripBlocks || kind === "variable") return text;
    const line = text.lastIndexOf("\n") + 1;
    if (line === 0 && !this.#isLineStart) return text;
    return /^\s+$/.test(text.slice(line)) ? text.slice(0, line) : text;
  }

  #pushData(text: string): void {
    if (text === "") return;
    const { newlineSequence } = this.#settings;
    const value = newlineSequence === "\n" ? text : text.replaceAll("\n", newlineSequence);
    this.#queue.push({ type: "data", value, lineno: this.lineno, colno: this.colno });
  }
}

/** One kind of line end, and none after the last line, as Jinja2 reads templates. */
function normalize(source: string, { keepTrailingNewline }: Settings, start: Start): string {
  const unified = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  return keepTrailingNewline || start === "expression" || !unified.endsWith("\n") ? unified : unified.slice(0, -1);
}
