/// <reference path="./nunjucks.d.ts" />
import type { Token } from "nunjucks/src/lexer.js";
import nunjucks from "nunjucks/src/parser.js";
import { TemplateFault } from "../python/fault.ts";
import { nodes } from "./node-classes.ts";
import type { Argument, Expression, FilterNode, KeywordArgs, Name } from "./nodes.ts";

const constants = new Map<unknown, boolean | null>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);

/**
 * nunjucks' parser with what Jinja2's expressions are made of: literals, tuples, subscripts, slices, calls with `*rest` and
 * `**named`, filters, and tests with arguments.
 */
export class PrimaryParser extends nunjucks.Parser {
  override error(message: string, lineno?: number, colno?: number): Error {
    const token = lineno === undefined || colno === undefined ? this.peekToken() : { lineno, colno };
    const { lineno: line, colno: column } = token ?? this.tokens;
    return new TemplateFault("syntax", message.replace(/^\w+: /, ""), { at: { lineno: line, colno: column } });
  }

  /** The next token; that there is none is an error. */
  take(): Token {
    return this.nextToken() ?? this.fail("the template ends too early");
  }

  override expect(type: string): Token {
    const token = this.take();
    if (token.type !== type)
      this.fail(`expected ${type.replace("-", " ")}, got ${describe(token)}`, token.lineno, token.colno);
    return token;
  }

  isNext(type: string, value?: string): boolean {
    const token = this.peekToken();
    return token?.type === type && (value === undefined || token.value === value);
  }

  /** A tuple needs no parentheses where a comma cannot mean anything else. */
  parseTuple(parse: () => Expression, isEnd: () => boolean): Expression {
    const first = parse();
    if (!this.isNext("comma")) return first;
    const items = [first];
    while (this.skip("comma") && !isEnd()) items.push(parse());
    return new nodes.Group(first.lineno, first.colno, items);
  }

  override parseExpression(): Expression {
    return super.parseExpression() as Expression;
  }

  override parsePrimary(noPostfix = false): Expression {
    const token = this.take();
    const node = this.#primary(token);
    return noPostfix ? node : this.parsePostfix(node);
  }

  #primary(token: Token): Expression {
    const { type, value, lineno, colno } = token;
    if (type === "symbol") {
      const constant = constants.get(value);
      return constant === undefined
        ? new nodes.Symbol(lineno, colno, value)
        : new nodes.Literal(lineno, colno, constant);
    }
    if (type === "int" || type === "float") return new nodes.Literal(lineno, colno, value);
    if (type === "string") {
      let text = value as string;
      while (this.isNext("string")) text += this.take().value as string;
      return new nodes.Literal(lineno, colno, text);
    }
    if (type === "left-paren") return this.#parenthesised(token);
    if (type === "left-bracket")
      return new nodes.Array(
        lineno,
        colno,
        this.#list("right-bracket", () => this.parseExpression()),
      );
    if (type === "left-curly")
      return new nodes.Dict(
        lineno,
        colno,
        this.#list("right-curly", () => this.#pair()),
      );
    return this.fail(`expected an expression, got ${describe(token)}`, lineno, colno);
  }

  #parenthesised({ lineno, colno }: Token): Expression {
    if (this.skip("right-paren")) return new nodes.Group(lineno, colno, []);
    const node = this.parseTuple(
      () => this.parseExpression(),
      () => this.isNext("right-paren"),
    );
    this.expect("right-paren");
    return node;
  }

  #list<Item>(end: string, parse: () => Item): Item[] {
    const items: Item[] = [];
    while (!this.skip(end)) {
      if (items.length > 0) {
        this.expect("comma");
        if (this.skip(end)) break;
      }
      items.push(parse());
    }
    return items;
  }

  #pair(): Expression {
    const key = this.parseExpression();
    this.expect("colon");
    return new nodes.Pair(key.lineno, key.colno, key, this.parseExpression()) as unknown as Expression;
  }

  override parsePostfix(from: unknown): Expression {
    let node = from as Expression;
    for (let token = this.peekToken(); token !== null; token = this.peekToken()) {
      const { lineno, colno } = token;
      if (token.type === "left-paren") node = new nodes.FunCall(lineno, colno, node, this.parseSignature());
      else if (token.type === "left-bracket") node = this.#subscript(node);
      else if (this.skipValue("operator", ".")) node = this.#attribute(node);
      else break;
    }
    return node;
  }

  #attribute(target: Expression): Expression {
    const { type, value, lineno, colno } = this.take();
    if (type === "symbol") return new nodes.Attribute(lineno, colno, target, value);
    if (type !== "int") this.fail("expected a name or a number after the dot", lineno, colno);
    return new nodes.LookupVal(lineno, colno, target, new nodes.Literal(lineno, colno, value));
  }

  #subscript(target: Expression): Expression {
    const { lineno, colno } = this.take();
    const keys = this.#list("right-bracket", () => this.#key());
    const key = keys.length === 1 ? keys[0] : new nodes.Group(lineno, colno, keys);
    return new nodes.LookupVal(lineno, colno, target, key);
  }

  #key(): Expression {
    const { lineno, colno } = this.peekToken() ?? this.tokens;
    const bound = () =>
      ["colon", "right-bracket", "comma"].some((type) => this.isNext(type)) ? null : this.parseExpression();
    const start = bound();
    if (!this.skip("colon")) return start ?? this.fail("expected an index", lineno, colno);
    const stop = bound();
    return new nodes.Slice(lineno, colno, start, stop, this.skip("colon") ? bound() : null);
  }

  /** Filters and tests bind as tightly as calls do. */
  override parseFilter(from: unknown): Expression {
    let node = from as Expression;
    for (;;) {
      const token = this.peekToken();
      if (this.skip("pipe")) node = this.parseOneFilter(node);
      else if (this.skipSymbol("is")) node = this.#test(node, token ?? node);
      else if (token?.type === "left-paren")
        node = new nodes.FunCall(token.lineno, token.colno, node, this.parseSignature());
      else return node;
    }
  }

  parseOneFilter(target: Expression): FilterNode {
    const name = this.parseFilterName() as Name;
    const args = this.isNext("left-paren") ? this.#arguments() : [];
    const list = new nodes.NodeList(name.lineno, name.colno, [target, ...args]);
    return new nodes.Filter(name.lineno, name.colno, name, list);
  }

  #test(left: Expression, { lineno, colno }: { readonly lineno: number; readonly colno: number }): Expression {
    const isNegated = this.skipSymbol("not");
    const name = this.parseFilterName() as Name;
    const args = this.isNext("left-paren") ? this.#arguments() : this.#bareArgument();
    const call = new nodes.FunCall(name.lineno, name.colno, name, new nodes.NodeList(name.lineno, name.colno, args));
    const test = new nodes.Is(name.lineno, name.colno, left, call);
    return isNegated ? new nodes.Not(lineno, colno, test) : test;
  }

  /** `x is divisibleby 3` */
  #bareArgument(): readonly Argument[] {
    const token = this.peekToken();
    const isValue = ["symbol", "string", "int", "float", "left-bracket", "left-curly"].includes(token?.type ?? "");
    if (!isValue || ["else", "or", "and", "if", "in", "not"].includes(String(token?.value))) return [];
    if (token?.value === "is") this.fail("tests cannot be chained; join them with and", token.lineno, token.colno);
    return [this.parsePrimary()];
  }

  override parseSignature(tolerant = false): Expression | null {
    const token = this.peekToken();
    if (token?.type !== "left-paren") {
      return tolerant ? null : this.fail("expected arguments", token?.lineno, token?.colno);
    }
    return new nodes.NodeList(token.lineno, token.colno, this.#arguments()) as unknown as Expression;
  }

  #arguments(): readonly Argument[] {
    const { lineno, colno } = this.expect("left-paren");
    const placed: Argument[] = [];
    const named: unknown[] = [];
    const spread: Argument[] = [];
    this.#list("right-paren", () => {
      const token = this.peekToken() ?? this.tokens;
      if (this.skipValue("operator", "*"))
        spread.push(new nodes.Spread(token.lineno, token.colno, this.parseExpression()));
      else if (this.skipValue("operator", "**")) {
        spread.push(new nodes.SpreadKeywords(token.lineno, token.colno, this.parseExpression()));
      } else {
        const argument = this.parseExpression();
        if (!this.skipValue("operator", "=")) {
          if (named.length > 0 || spread.length > 0)
            this.fail("an argument by place follows one by name", token.lineno, token.colno);
          placed.push(argument);
        } else if (argument.typename !== "Symbol")
          this.fail("only a name can be given a value here", token.lineno, token.colno);
        else named.push(new nodes.Pair(argument.lineno, argument.colno, argument, this.parseExpression()));
      }
    });
    const keywords: readonly KeywordArgs[] = named.length > 0 ? [new nodes.KeywordArgs(lineno, colno, named)] : [];
    return [...placed, ...keywords, ...spread];
  }
}

function describe({ type, value }: Token): string {
  if (type === "block-end" || type === "variable-end") return "the end of the tag";
  return type === "string" ? `the text '${value}'` : String(value);
}
