import type { Token, TokenKind } from "./token.ts";

/** Tokens that have been found and not yet been taken: a few, since a key is only known by its colon. */
export class TokenQueue {
  readonly #tokens: Token[] = [];
  #head = 0;
  /** How many have been taken. */
  taken = 0;

  get first(): Token | undefined {
    return this.#tokens[this.#head];
  }

  /** How many tokens there have been. */
  get count(): number {
    return this.taken + this.#tokens.length - this.#head;
  }

  add(token: Token): void {
    this.#tokens.push(token);
  }

  /** Puts a token before others that have been found already. */
  insert(index: number, kind: TokenKind, start: number): void {
    this.#tokens.splice(this.#head + index - this.taken, 0, { kind, start, end: start, text: "", inside: start });
  }

  dropFirst(): void {
    this.#head++;
    this.taken++;
    if (this.#head === this.#tokens.length) this.#head = this.#tokens.length = 0;
  }
}
