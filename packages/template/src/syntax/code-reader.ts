/// <reference path="./nunjucks.d.ts" />
import type { Token } from "nunjucks/src/lexer.js";
import type { Position } from "../python/fault.ts";
import { TemplateFault } from "../python/fault.ts";
import { float } from "../python/float.ts";
import { readInt } from "../python/read-number.ts";
import type { Delimiters } from "./delimiters.ts";
import { unescapeText } from "./unescape-text.ts";

/** The text that is read, and how far it has been. */
interface Cursor {
  readonly str: string;
  readonly index: number;
  readonly len: number;
  readonly lineno: number;
  readonly colno: number;
  advance(to: number): void;
}

const blank = /\s+/y;
const floating = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const integer = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const name = /[\p{L}_][\p{L}\p{N}\p{Mn}_]*/uy;
const quoted = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const operator = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y;

const punctuation: Readonly<Record<string, string>> = {
  "(": "left-paren",
  ")": "right-paren",
  "[": "left-bracket",
  "]": "right-bracket",
  "{": "left-curly",
  "}": "right-curly",
  ",": "comma",
  ":": "colon",
  "~": "tilde",
  "|": "pipe",
};
const closings: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Reads the tokens between two delimiters. The end counts only where all brackets are closed. */
export class CodeReader {
  isDone = false;
  readonly #cursor: Cursor;
  readonly #kind: "block" | "variable" | "line" | "expression";
  readonly #keepsBackslashes: boolean;
  readonly #from: Position;
  readonly #open: string[] = [];

  constructor(
    cursor: Cursor,
    kind: "block" | "variable" | "line" | "expression",
    keepsBackslashes: boolean,
    from: Position,
  ) {
    this.#cursor = cursor;
    this.#kind = kind;
    this.#keepsBackslashes = keepsBackslashes;
    this.#from = from;
  }

  next(delimiters: Delimiters): Token {
    const end = this.#end(delimiters) ?? this.#skipBlank(delimiters);
    if (end !== undefined) return end;
    if (this.#cursor.index >= this.#cursor.len) throw this.#unclosed();
    return this.#literal() ?? this.#operator();
  }

  #skipBlank(delimiters: Delimiters): Token | undefined {
    if (this.#match(blank) === undefined) return undefined;
    return this.#end(delimiters);
  }

  #end({ ends }: Delimiters): Token | undefined {
    const at = this.#position();
    if (this.#open.length > 0) return undefined;
    if (this.#kind === "expression") {
      if (this.#cursor.index < this.#cursor.len) return undefined;
    } else if (this.#match(ends[this.#kind]) === undefined) return undefined;
    this.isDone = true;
    const isVariable = this.#kind === "variable" || this.#kind === "expression";
    return { type: isVariable ? "variable-end" : "block-end", value: "", ...at };
  }

  #literal(): Token | undefined {
    const at = this.#position();
    const decimal = this.#match(floating);
    if (decimal !== undefined) return { type: "float", value: float(Number(decimal.replaceAll("_", ""))), ...at };
    const whole = this.#match(integer);
    if (whole !== undefined) return { type: "int", value: readInt(whole, 0), ...at };
    const word = this.#match(name);
    if (word !== undefined) return { type: "symbol", value: word, ...at };
    const text = this.#match(quoted);
    return text === undefined ? undefined : { type: "string", value: this.#unquote(text.slice(1, -1), at), ...at };
  }

  #unquote(body: string, at: Position): string {
    if (this.#keepsBackslashes) return body;
    try {
      return unescapeText(body);
    } catch (error) {
      throw error instanceof TemplateFault ? new TemplateFault("syntax", error.message, { at }) : error;
    }
  }

  #operator(): Token {
    const at = this.#position();
    const value = this.#match(operator);
    if (value === undefined) {
      const character = String.fromCodePoint(this.#cursor.str.codePointAt(this.#cursor.index) ?? 0);
      const isQuote = character === "'" || character === '"';
      throw new TemplateFault("syntax", isQuote ? "this quote is not closed" : `unexpected character ${character}`, {
        at,
      });
    }
    if (closings[value] !== undefined) this.#open.push(closings[value]);
    else if (value === ")" || value === "]" || value === "}") this.#close(value, at);
    return { type: punctuation[value] ?? "operator", value, ...at };
  }

  #close(bracket: string, at: Position): void {
    const expected = this.#open.pop();
    if (expected === bracket) return;
    throw new TemplateFault(
      "syntax",
      `unexpected ${bracket}${expected === undefined ? "" : `, expected ${expected}`}`,
      { at },
    );
  }

  #unclosed(): TemplateFault {
    const bracket = this.#open.at(-1);
    if (bracket !== undefined)
      return new TemplateFault("syntax", `the template ends, and ${bracket} is missing`, { at: this.#from });
    return new TemplateFault("syntax", "what is opened here is not closed", { at: this.#from });
  }

  #position(): Position {
    return { lineno: this.#cursor.lineno, colno: this.#cursor.colno };
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#cursor.index;
    const match = pattern.exec(this.#cursor.str);
    if (match === null) return undefined;
    this.#cursor.advance(this.#cursor.index + match[0].length);
    return match[0];
  }
}
