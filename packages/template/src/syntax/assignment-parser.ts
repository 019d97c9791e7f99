/// <reference path="./nunjucks.d.ts" />
import type { Token } from "nunjucks/src/lexer.js";
import { ExpressionParser } from "./expression-parser.ts";
import { nodes } from "./node-classes.ts";
import type { Expression, Statement, Target } from "./nodes.ts";

/** Where a tag begins. */
export interface TagStart {
  readonly lineno: number;
  readonly colno: number;
}

/** The statements that give values to names: `for`, `set`, `with`. */
export class AssignmentParser extends ExpressionParser {
  parseFor({ lineno, colno }: Token): Statement {
    this.take();
    const target = this.parseTarget();
    if (!this.skipSymbol("in")) this.fail("expected in");
    const iterable = this.parseTuple(
      () => this.parseOr() as Expression,
      () => this.isNext("block-end") || this.isNext("symbol", "recursive") || this.isNext("symbol", "if"),
    );
    const test = this.skipSymbol("if") ? this.parseExpression() : null;
    const isRecursive = this.skipSymbol("recursive");
    this.advanceAfterBlockEnd("for");
    const body = this.parseUntilBlocks("endfor", "else");
    let otherwise: unknown = null;
    if (this.skipSymbol("else")) {
      this.advanceAfterBlockEnd("else");
      otherwise = this.parseUntilBlocks("endfor");
    }
    this.endTag("endfor", { lineno, colno });
    return new nodes.ForLoop(lineno, colno, iterable, target, body, otherwise, test, isRecursive);
  }

  parseSet({ lineno, colno }: Token): Statement {
    this.take();
    const target = this.parseTarget({ allowsNamespace: true });
    if (this.skipValue("operator", "=")) {
      const value = this.parseValue();
      this.advanceAfterBlockEnd("set");
      return new nodes.Assign(lineno, colno, target, value);
    }
    const capture = this.parseCaptured("endset", { lineno, colno }, (node) => {
      let filtered = node;
      while (this.skip("pipe")) filtered = this.parseOneFilter(filtered);
      return filtered;
    });
    return new nodes.Assign(lineno, colno, target, capture);
  }

  parseWith({ lineno, colno }: Token): Statement {
    this.take();
    const targets: Target[] = [];
    const values: Expression[] = [];
    while (!this.isNext("block-end")) {
      if (targets.length > 0) this.expect("comma");
      targets.push(this.parseOneTarget(false) as Target);
      if (!this.skipValue("operator", "=")) this.fail("expected =");
      values.push(this.parseExpression());
    }
    this.advanceAfterBlockEnd("with");
    const body = this.parseUntilBlocks("endwith");
    this.endTag("endwith", { lineno, colno });
    return new nodes.With(lineno, colno, targets, values, body);
  }

  /** One or more targets: `name`, `a, b`, `(a, b)`, and `namespace.name` where that is allowed. */
  parseTarget({ allowsNamespace = false } = {}): Target {
    const isEnd = () => this.isNext("operator", "=") || this.isNext("symbol", "in") || this.isNext("block-end");
    const node = this.parseTuple(() => this.parseOneTarget(allowsNamespace), isEnd);
    return node as Target;
  }

  parseOneTarget(allowsNamespace: boolean): Expression {
    const { lineno, colno } = this.peekToken() ?? this.tokens;
    if (allowsNamespace && this.isNext("symbol")) {
      const { value } = this.take();
      if (!this.skipValue("operator", ".")) return this.assignable(new nodes.Symbol(lineno, colno, value));
      return new nodes.NamespaceTarget(lineno, colno, value, this.expect("symbol").value) as unknown as Expression;
    }
    return this.assignable(this.parsePrimary(true));
  }

  assignable(node: Expression): Expression {
    const isName =
      node.typename === "Symbol" || (node.typename === "Group" && node.children.every((each) => this.assignable(each)));
    return isName ? node : this.fail("only names can be assigned to", node.lineno, node.colno);
  }

  parseValue(): Expression {
    return this.parseTuple(
      () => this.parseExpression(),
      () => this.isNext("block-end") || this.isNext("symbol", "recursive"),
    );
  }

  /** A body whose filters are written before it. */
  parseCaptured(end: string, at: TagStart, filter: (body: Expression) => Expression): Expression {
    const capture = new nodes.Capture(at.lineno, at.colno, null);
    const filtered = filter(capture);
    this.advanceAfterBlockEnd(end.replace("end", ""));
    Object.assign(capture, { body: this.parseUntilBlocks(end) });
    this.endTag(end, at);
    return filtered;
  }

  /** The tag that ends a statement; without it, the place of its beginning helps more than the end of the file. */
  endTag(name: string, { lineno, colno }: TagStart): void {
    if (!this.skipSymbol(name))
      this.fail(`${name.replace("end", "")} is not closed: ${name} is missing`, lineno, colno);
    this.advanceAfterBlockEnd(name);
  }
}
