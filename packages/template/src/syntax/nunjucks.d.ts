/** The parts of nunjucks that we build on. Its own types cover its public API only. */
declare module "nunjucks/src/lexer.js" {
  namespace lexer {
    interface Token {
      readonly type: string;
      readonly value: unknown;
      readonly lineno: number;
      readonly colno: number;
    }
    class Tokenizer {
      constructor(source: string, options?: object);
      str: string;
      index: number;
      len: number;
      lineno: number;
      colno: number;
      nextToken(): Token | null;
    }
    function lex(source: string, options?: object): Tokenizer;
  }
  export = lexer;
}

declare module "nunjucks/src/parser.js" {
  import type { Token, Tokenizer } from "nunjucks/src/lexer.js";

  namespace parser {
    interface NodeList {
      readonly lineno: number;
      readonly colno: number;
      readonly children: readonly unknown[];
    }
    class Parser {
      constructor(tokens: Tokenizer);
      tokens: Tokenizer;
      breakOnBlocks: readonly string[] | null;
      nextToken(): Token | null;
      peekToken(): Token | null;
      pushToken(token: Token | null): void;
      skip(type: string): boolean;
      expect(type: string): Token;
      skipValue(type: string, value: string): boolean;
      skipSymbol(value: string): boolean;
      error(message: string, lineno?: number, colno?: number): Error;
      fail(message: string, lineno?: number, colno?: number): never;
      advanceAfterBlockEnd(name?: string): Token;
      parseStatement(): unknown;
      parseNodes(): unknown[];
      parseUntilBlocks(...names: string[]): NodeList;
      parseAsRoot(): NodeList;
      parseIf(): unknown;
      parseMacro(): unknown;
      parseImport(): unknown;
      parseFrom(): unknown;
      parseExtends(): unknown;
      parseWithContext(): boolean | null;
      parseExpression(): unknown;
      parseInlineIf(): unknown;
      parseOr(): unknown;
      parseIn(): unknown;
      parseUnary(noFilters?: boolean): unknown;
      parsePrimary(noPostfix?: boolean): unknown;
      parsePostfix(node: unknown): unknown;
      parseFilter(node: unknown): unknown;
      parseFilterName(): unknown;
      parseSignature(tolerant?: boolean): unknown;
    }
  }
  export = parser;
}

declare module "nunjucks/src/nodes.js" {
  const nodes: Readonly<Record<string, { extend(name: string, members: { fields: readonly string[] }): unknown }>>;
  export = nodes;
}
