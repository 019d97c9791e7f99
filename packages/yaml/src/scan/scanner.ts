import { Mistake, signMistake, tabMistake } from "../mistakes/mistake.ts";
import { Cursor, isBreak, isSpaceOrEnd } from "./cursor.ts";
import { readBlock } from "./read-block.ts";
import { readDirective } from "./read-directive.ts";
import { readName } from "./read-name.ts";
import { readPlain } from "./read-plain.ts";
import { readQuoted } from "./read-quoted.ts";
import { readTag } from "./read-tag.ts";
import { SimpleKeys } from "./simple-keys.ts";
import type { Token, TokenKind } from "./token.ts";
import { TokenQueue } from "./token-queue.ts";

/** The scalars that were read last. */
export interface LastScalars {
  plain?: Token;
  quoted?: Token;
}

/** A text as tokens. Which texts are taken, and as what, is libyaml's way, which is how Ansible reads. */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #keys = new SimpleKeys();
  readonly #indents: number[] = [];
  #indent = -1;
  #mayStartKey = true;
  readonly #queue = new TokenQueue();
  /** For those who have to explain a mistake. */
  readonly last: LastScalars = {};

  constructor(text: string) {
    this.#cursor = new Cursor(`${text}\0\0\0\0`);
  }

  /** The next token, which stays the next. After the last one there is always one more `end`. */
  peek(): Token {
    let token = this.#queue.first;
    while (token === undefined || this.#keys.firstOpen <= this.#queue.taken) {
      this.#find();
      token = this.#queue.first;
    }
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.#queue.dropFirst();
    return token;
  }

  #find(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#keys.dropOutlived(cursor);
    this.#unindent(cursor.column);
    const code = cursor.code();
    if (code === 0) this.#end();
    else if (cursor.offset !== cursor.lineStart || !this.#takeAtLineStart(code)) {
      this.#take(code, isSpaceOrEnd(cursor.code(1)));
    }
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      let code = cursor.code();
      if (code === 0xfeff && cursor.offset === cursor.lineStart) {
        cursor.offset++;
        code = cursor.code();
      }
      const isTabSkipped = this.#keys.flowLevel > 0 || !this.#mayStartKey;
      while (code === 0x20 || (code === 9 && isTabSkipped)) {
        cursor.offset++;
        code = cursor.code();
      }
      if (code === 0x23) cursor.skipToBreak();
      if (!isBreak(cursor.code())) return;
      cursor.takeBreak();
      if (this.#keys.flowLevel === 0) this.#mayStartKey = true;
    }
  }

  #end(): void {
    this.#unindent(-1);
    this.#keys.removeAll();
    this.#add("end", 0);
  }

  #takeAtLineStart(code: number): boolean {
    const cursor = this.#cursor;
    const isDirective = code === 0x25;
    if (!isDirective && !cursor.isAtDocumentMark()) return false;
    this.#unindent(-1);
    this.#keys.remove();
    this.#mayStartKey = false;
    if (isDirective) this.#queue.add(readDirective(cursor));
    else this.#add(code === 0x2d ? "document-start" : "document-end", 3);
    return true;
  }

  #take(code: number, isBeforeSpace: boolean): void {
    const isIndicator = isBeforeSpace || this.#keys.flowLevel > 0;
    if (code === 0x5b || code === 0x7b) this.#openFlow(code === 0x5b ? "[" : "{");
    else if (code === 0x5d || code === 0x7d) this.#closeFlow(code === 0x5d ? "]" : "}");
    else if (code === 0x2c) this.#takeComma();
    else if (code === 0x2d && isBeforeSpace) this.#takeDash();
    else if (code === 0x3f && isIndicator) this.#takeQuestionMark();
    else if (code === 0x3a && isIndicator) this.#takeColon();
    else this.#takeNode(code);
  }

  #takeNode(code: number): void {
    if (code === 0x7c || code === 0x3e) this.#takeBlock();
    else if (code === 0x2a || code === 0x26) this.#takeName();
    else if (code === 0x21) this.#takeTag();
    else if (code === 0x27 || code === 0x22) this.#takeQuoted();
    else if (code === 9) throw tabMistake(this.#cursor.offset);
    else if (code === 0x25 || code === 0x40 || code === 0x60) throw signMistake(this.#cursor);
    else this.#takePlain();
  }

  #openFlow(kind: "[" | "{"): void {
    this.#saveKey();
    this.#keys.enterFlow();
    this.#mayStartKey = true;
    this.#add(kind, 1);
  }

  #closeFlow(kind: "]" | "}"): void {
    this.#keys.remove();
    this.#keys.leaveFlow();
    this.#mayStartKey = false;
    this.#add(kind, 1);
  }

  #takeComma(): void {
    this.#keys.remove();
    this.#mayStartKey = true;
    this.#add(",", 1);
  }

  #takeDash(): void {
    if (this.#keys.flowLevel === 0) {
      if (!this.#mayStartKey) throw new Mistake("entry", "a list cannot begin here", this.#cursor.offset);
      this.#indentTo(this.#cursor.column, "block-sequence");
    }
    this.#keys.remove();
    this.#mayStartKey = true;
    this.#add("-", 1);
  }

  #takeQuestionMark(): void {
    if (this.#keys.flowLevel === 0) {
      if (!this.#mayStartKey) throw new Mistake("key", "a key cannot begin here", this.#cursor.offset);
      this.#indentTo(this.#cursor.column, "block-mapping");
    }
    this.#keys.remove();
    this.#mayStartKey = this.#keys.flowLevel === 0;
    this.#add("key", 1);
  }

  #takeColon(): void {
    const key = this.#keys.take();
    if (key) {
      this.#queue.insert(key.index, "key", key.offset);
      this.#indentTo(key.column, "block-mapping", key);
      this.#mayStartKey = false;
    } else {
      if (this.#keys.flowLevel === 0) {
        if (!this.#mayStartKey)
          throw new Mistake("colon", "a key and its value cannot stand here", this.#cursor.offset);
        this.#indentTo(this.#cursor.column, "block-mapping");
      }
      this.#mayStartKey = this.#keys.flowLevel === 0;
    }
    this.#add("value", 1);
  }

  #takeName(): void {
    this.#startScalar();
    this.#queue.add(readName(this.#cursor));
  }

  #takeTag(): void {
    this.#startScalar();
    const start = this.#cursor.offset;
    const { handle, suffix } = readTag(this.#cursor, this.#keys.flowLevel > 0);
    this.#queue.add({ kind: "tag", start, end: this.#cursor.offset, text: suffix, inside: start, handle });
  }

  #takeBlock(): void {
    if (this.#keys.flowLevel > 0) throw signMistake(this.#cursor);
    this.#keys.remove();
    this.#mayStartKey = true;
    const start = this.#cursor.offset;
    const { text, inside } = readBlock(this.#cursor, this.#indent);
    this.#queue.add({ kind: "block", start, end: this.#cursor.offset, text, inside });
  }

  #takeQuoted(): void {
    this.#startScalar();
    const start = this.#cursor.offset;
    const text = readQuoted(this.#cursor);
    this.last.quoted = { kind: "quoted", start, end: this.#cursor.offset, text, inside: start + 1 };
    this.#queue.add(this.last.quoted);
  }

  #takePlain(): void {
    this.#startScalar();
    const start = this.#cursor.offset;
    const { text, end } = readPlain(this.#cursor, this.#indent + 1, this.#keys.flowLevel > 0);
    if (this.#cursor.lineStart > end) this.#mayStartKey = true;
    this.last.plain = { kind: "plain", start, end, text, inside: start };
    this.#queue.add(this.last.plain);
  }

  #startScalar(): void {
    this.#saveKey();
    this.#mayStartKey = false;
  }

  #saveKey(): void {
    if (!this.#mayStartKey) return;
    const { offset, lineStart, column } = this.#cursor;
    // What stands where the block's keys stand must be one of them.
    const isRequired = this.#keys.flowLevel === 0 && this.#indent === column;
    this.#keys.save({ index: this.#queue.count, offset, lineStart, column, isRequired });
  }

  #indentTo(column: number, kind: TokenKind, key?: { readonly index: number; readonly offset: number }): void {
    if (this.#keys.flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#queue.insert(key?.index ?? this.#queue.count, kind, key?.offset ?? this.#cursor.offset);
  }

  #unindent(column: number): void {
    if (this.#keys.flowLevel > 0) return;
    while (this.#indent > column) {
      this.#add("block-end", 0);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #add(kind: TokenKind, length: number): void {
    const start = this.#cursor.offset;
    this.#cursor.offset += length;
    this.#queue.add({ kind, start, end: this.#cursor.offset, text: "", inside: start });
  }
}
