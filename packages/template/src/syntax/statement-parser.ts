/// <reference path="./nunjucks.d.ts" />
import type { Token } from "nunjucks/src/lexer.js";
import { closest } from "../python/closest.ts";
import { TemplateFault } from "../python/fault.ts";
import { ExpressionParser } from "./expression-parser.ts";
import type { Body, Expression, Statement, Target } from "./nodes.ts";
import { nodes } from "./nodes.ts";

/** nunjucks' parser with Jinja2's statements. `if`, `macro`, `call`, `import`, `from` and `extends` are nunjucks' own. */
export class StatementParser extends ExpressionParser {
  readonly #statements: Readonly<Record<string, (tag: Token) => unknown>> = {
    if: () => this.parseIf(),
    macro: () => this.parseMacro(),
    call: (tag) => this.#call(tag),
    import: () => this.parseImport(),
    from: () => this.parseFrom(),
    extends: () => this.parseExtends(),
    for: (tag) => this.#for(tag),
    set: (tag) => this.#set(tag),
    block: (tag) => this.#block(tag),
    include: (tag) => this.#include(tag),
    filter: (tag) => this.#filter(tag),
    with: (tag) => this.#with(tag),
    do: (tag) => this.#do(tag),
    print: (tag) => this.#print(tag),
    break: ({ lineno, colno }) => this.#jump(new nodes.Break(lineno, colno)),
    continue: ({ lineno, colno }) => this.#jump(new nodes.Continue(lineno, colno)),
  };

  override parseStatement(): unknown {
    const tag = this.peekToken() ?? this.fail("the template ends too early");
    if (tag.type !== "symbol") this.fail("tag name expected", tag.lineno, tag.colno);
    const name = String(tag.value);
    if (this.breakOnBlocks?.includes(name)) return null;
    const parse = Object.hasOwn(this.#statements, name) ? this.#statements[name] : undefined;
    if (parse !== undefined) return parse(tag);
    throw this.#unknown(tag, name);
  }

  /** White space has been seen to by the tokenizer, so this is simpler than what nunjucks does here. */
  override parseNodes(): unknown[] {
    const parsed: unknown[] = [];
    for (let token = this.nextToken(); token !== null; token = this.nextToken()) {
      const { type, value, lineno, colno } = token;
      if (type === "data") parsed.push(new nodes.Output(lineno, colno, [new nodes.TemplateData(lineno, colno, value)]));
      else if (type === "variable-start") {
        parsed.push(new nodes.Output(lineno, colno, [this.parseTuple(() => this.parseExpression(), () => this.isNext("variable-end"))]));
        this.expect("variable-end");
      } else {
        const statement = this.parseStatement();
        if (statement === null) break;
        parsed.push(statement);
      }
    }
    return parsed;
  }

  #unknown({ lineno, colno }: Token, name: string): TemplateFault {
    const at = { lineno, colno };
    const expected = this.breakOnBlocks?.filter((each) => each !== "elseif") ?? [];
    if (/^(end|else|elif)/.test(name)) {
      const wanted = expected.length > 0 ? `expected ${expected.join(" or ")} first` : "nothing is open that it could end";
      return new TemplateFault("syntax", `unexpected ${name}: ${wanted}`, { at });
    }
    const hint = closest(name, [...Object.keys(this.#statements), ...expected]);
    return new TemplateFault("syntax", `unknown tag ${name}`, { at, ...(hint && { hint }) });
  }

  /** One or more targets: `name`, `a, b`, `(a, b)`, and `namespace.name` where that is allowed. */
  #target({ allowsNamespace = false } = {}): Target {
    const isEnd = () => this.isNext("operator", "=") || this.isNext("symbol", "in") || this.isNext("block-end");
    const node = this.parseTuple(() => this.#oneTarget(allowsNamespace), isEnd);
    return node as Target;
  }

  #oneTarget(allowsNamespace: boolean): Expression {
    const { lineno, colno } = this.peekToken() ?? this.tokens;
    if (allowsNamespace && this.isNext("symbol")) {
      const { value } = this.take();
      if (!this.skipValue("operator", ".")) return this.#assignable(new nodes.Symbol(lineno, colno, value));
      return new nodes.NamespaceTarget(lineno, colno, value, this.expect("symbol").value) as unknown as Expression;
    }
    return this.#assignable(this.parsePrimary(true));
  }

  #assignable(node: Expression): Expression {
    const isName = node.typename === "Symbol" || (node.typename === "Group" && node.children.every((each) => this.#assignable(each)));
    return isName ? node : this.fail("only names can be assigned to", node.lineno, node.colno);
  }

  #value(): Expression {
    return this.parseTuple(
      () => this.parseExpression(),
      () => this.isNext("block-end") || this.isNext("symbol", "recursive"),
    );
  }

  #for({ lineno, colno }: Token): Statement {
    this.take();
    const target = this.#target();
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
    this.#end("endfor", { lineno, colno });
    return new nodes.ForLoop(lineno, colno, iterable, target, body, otherwise, test, isRecursive);
  }

  #set({ lineno, colno }: Token): Statement {
    this.take();
    const target = this.#target({ allowsNamespace: true });
    if (this.skipValue("operator", "=")) {
      const value = this.#value();
      this.advanceAfterBlockEnd("set");
      return new nodes.Assign(lineno, colno, target, value);
    }
    const capture = this.#captured("endset", { lineno, colno }, (node) => {
      let filtered = node;
      while (this.skip("pipe")) filtered = this.parseOneFilter(filtered);
      return filtered;
    });
    return new nodes.Assign(lineno, colno, target, capture);
  }

  /** A call whose argument `caller` is the body. */
  #call({ lineno, colno }: Token): Statement {
    this.take();
    const parameters = this.parseSignature(true) ?? new nodes.NodeList(lineno, colno, []);
    const call = this.parseExpression();
    if (call.typename !== "FunCall") this.fail("expected a call", call.lineno, call.colno);
    this.advanceAfterBlockEnd("call");
    const body = this.parseUntilBlocks("endcall");
    this.#end("endcall", { lineno, colno });
    const name = new nodes.Symbol(lineno, colno, "caller");
    const caller = new nodes.Pair(lineno, colno, name, new nodes.Caller(lineno, colno, name, parameters, body));
    const args = new nodes.NodeList(lineno, colno, [...call.args.children, new nodes.KeywordArgs(lineno, colno, [caller])]);
    return new nodes.Output(lineno, colno, [new nodes.FunCall(lineno, colno, call.name, args)]);
  }

  #filter({ lineno, colno }: Token): Statement {
    this.take();
    const filtered = this.#captured("endfilter", { lineno, colno }, (node) => {
      let result = this.parseOneFilter(node);
      while (this.skip("pipe")) result = this.parseOneFilter(result);
      return result;
    });
    return new nodes.Output(lineno, colno, [filtered]);
  }

  /** A body whose filters are written before it. */
  #captured(end: string, at: { readonly lineno: number; readonly colno: number }, filter: (body: Expression) => Expression): Expression {
    const capture = new nodes.Capture(at.lineno, at.colno, null);
    const filtered = filter(capture);
    this.advanceAfterBlockEnd(end.replace("end", ""));
    Object.assign(capture, { body: this.parseUntilBlocks(end) });
    this.#end(end, at);
    return filtered;
  }

  #block({ lineno, colno }: Token): Statement {
    this.take();
    const name = String(this.expect("symbol").value);
    const isScoped = this.skipSymbol("scoped");
    const isRequired = this.skipSymbol("required");
    if (this.isNext("operator", "-")) this.fail("a block's name has underscores, not hyphens");
    this.advanceAfterBlockEnd("block");
    const body = this.parseUntilBlocks("endblock") as unknown as Body;
    if (isRequired && !isBlank(body)) this.fail("a required block is empty", lineno, colno);
    if (!this.skipSymbol("endblock")) this.#end("endblock", { lineno, colno });
    this.skipSymbol(name);
    this.advanceAfterBlockEnd("endblock");
    return new nodes.NamedBlock(lineno, colno, name, body, isScoped, isRequired);
  }

  #include({ lineno, colno }: Token): Statement {
    this.take();
    const template = this.parseExpression();
    const ignoresMissing = this.skipSymbol("ignore") && (this.skipSymbol("missing") || this.fail("expected missing after ignore"));
    const withContext = this.parseWithContext() ?? true;
    this.advanceAfterBlockEnd("include");
    return new nodes.TemplateInclude(lineno, colno, template, ignoresMissing, withContext);
  }

  #with({ lineno, colno }: Token): Statement {
    this.take();
    const targets: Target[] = [];
    const values: Expression[] = [];
    while (!this.isNext("block-end")) {
      if (targets.length > 0) this.expect("comma");
      targets.push(this.#oneTarget(false) as Target);
      if (!this.skipValue("operator", "=")) this.fail("expected =");
      values.push(this.parseExpression());
    }
    this.advanceAfterBlockEnd("with");
    const body = this.parseUntilBlocks("endwith");
    this.#end("endwith", { lineno, colno });
    return new nodes.With(lineno, colno, targets, values, body);
  }

  #do({ lineno, colno }: Token): Statement {
    this.take();
    const value = this.#value();
    this.advanceAfterBlockEnd("do");
    return new nodes.Do(lineno, colno, value);
  }

  #print({ lineno, colno }: Token): Statement {
    this.take();
    const values = [this.parseExpression()];
    while (this.skip("comma")) values.push(this.parseExpression());
    this.advanceAfterBlockEnd("print");
    return new nodes.Output(lineno, colno, values);
  }

  #jump(node: Statement): Statement {
    this.take();
    this.advanceAfterBlockEnd(node.typename.toLowerCase());
    return node;
  }

  /** The tag that ends a statement; without it, the place of its beginning helps more than the end of the file. */
  #end(name: string, { lineno, colno }: { readonly lineno: number; readonly colno: number }): void {
    if (!this.skipSymbol(name)) this.fail(`${name.replace("end", "")} is not closed: ${name} is missing`, lineno, colno);
    this.advanceAfterBlockEnd(name);
  }
}

function isBlank({ children }: Body): boolean {
  return children.every(
    (each) => each.typename === "Output" && each.children.every((part) => part.typename === "TemplateData" && part.value.trim() === ""),
  );
}
