/// <reference path="./nunjucks.d.ts" />
import type { Token } from "nunjucks/src/lexer.js";
import { nodes } from "./node-classes.ts";
import type { BinaryName, Expression } from "./nodes.ts";
import { PrimaryParser } from "./primary-parser.ts";

const comparisons = new Set(["==", "!=", "<", ">", "<=", ">="]);
const sums: Readonly<Record<string, BinaryName>> = { "+": "Add", "-": "Sub" };
const products: Readonly<Record<string, BinaryName>> = { "*": "Mul", "/": "Div", "//": "FloorDiv", "%": "Mod" };

/**
 * Jinja2's operators with their precedences, chained comparisons among them. What nunjucks reads rightly (`or`, `and`,
 * `not`) is left to it.
 */
export class ExpressionParser extends PrimaryParser {
  override parseExpression(): Expression {
    return this.parseInlineIf();
  }

  override parseInlineIf(): Expression {
    let node = this.parseOr() as Expression;
    while (this.skipSymbol("if")) {
      const condition = this.parseOr();
      const otherwise = this.skipSymbol("else") ? this.parseInlineIf() : null;
      node = new nodes.InlineIf(node.lineno, node.colno, condition, node, otherwise);
    }
    return node;
  }

  /** nunjucks comes here from `not`. */
  override parseIn(): Expression {
    const expression = this.parseSum();
    const operands: unknown[] = [];
    for (let operator = this.#comparison(); operator !== undefined; operator = this.#comparison()) {
      const { type, token } = operator;
      operands.push(new nodes.CompareOperand(token.lineno, token.colno, this.parseSum(), type));
    }
    if (operands.length === 0) return expression;
    return new nodes.Compare(expression.lineno, expression.colno, expression, operands);
  }

  #comparison(): { readonly type: string; readonly token: Token } | undefined {
    const token = this.nextToken();
    if (token?.type === "operator" && comparisons.has(token.value as string))
      return { type: token.value as string, token };
    if (token?.type === "symbol" && token.value === "in") return { type: "in", token };
    if (token?.type === "symbol" && token.value === "not" && this.skipSymbol("in")) return { type: "not in", token };
    if (token?.type === "symbol" && token.value === "not")
      this.fail("expected in after not", token.lineno, token.colno);
    this.pushToken(token);
    return undefined;
  }

  parseSum(): Expression {
    return this.#binary(sums, () => this.parseConcat());
  }

  parseConcat(): Expression {
    let node = this.parseProduct();
    while (this.skip("tilde")) node = new nodes.Concat(node.lineno, node.colno, node, this.parseProduct());
    return node;
  }

  parseProduct(): Expression {
    return this.#binary(products, () => this.parsePower());
  }

  parsePower(): Expression {
    return this.#binary({ "**": "Pow" }, () => this.parseUnary());
  }

  #binary(operators: Readonly<Record<string, BinaryName>>, parse: () => Expression): Expression {
    let node = parse();
    for (let token = this.peekToken(); token?.type === "operator"; token = this.peekToken()) {
      const operator = operators[token.value as string];
      if (operator === undefined) break;
      this.nextToken();
      node = new nodes[operator](token.lineno, token.colno, node, parse());
    }
    return node;
  }

  override parseUnary(noFilters = false): Expression {
    const token = this.peekToken();
    let node: Expression;
    if (this.skipValue("operator", "-"))
      node = new nodes.Neg(token?.lineno ?? 0, token?.colno ?? 0, this.parseUnary(true));
    else if (this.skipValue("operator", "+"))
      node = new nodes.Pos(token?.lineno ?? 0, token?.colno ?? 0, this.parseUnary(true));
    else node = this.parsePrimary(true);
    node = this.parsePostfix(node);
    return noFilters ? node : this.parseFilter(node);
  }
}
