import { closest } from "@evenkeel/core";
/// <reference path="./nunjucks.d.ts" />
import type { Token } from "nunjucks/src/lexer.js";
import { TemplateFault } from "../python/fault.ts";
import { AssignmentParser } from "./assignment-parser.ts";
import { nodes } from "./node-classes.ts";
import type { Body, Statement } from "./nodes.ts";

/** nunjucks' parser with Jinja2's statements. `if`, `macro`, `call`, `import`, `from` and `extends` are nunjucks' own. */
export class StatementParser extends AssignmentParser {
  readonly #statements: Readonly<Record<string, (tag: Token) => unknown>> = {
    if: () => this.parseIf(),
    macro: () => this.parseMacro(),
    call: (tag) => this.#call(tag),
    import: () => this.parseImport(),
    from: () => this.parseFrom(),
    extends: () => this.parseExtends(),
    for: (tag) => this.parseFor(tag),
    set: (tag) => this.parseSet(tag),
    block: (tag) => this.#block(tag),
    include: (tag) => this.#include(tag),
    filter: (tag) => this.#filter(tag),
    with: (tag) => this.parseWith(tag),
    do: (tag) => this.#do(tag),
    print: (tag) => this.#print(tag),
    break: ({ lineno, colno }) => this.#jump(new nodes.Break(lineno, colno)),
    continue: ({ lineno, colno }) => this.#jump(new nodes.Continue(lineno, colno)),
  };

  /** The tags that are being read, the innermost last. */
  readonly #open: Token[] = [];

  override parseStatement(): unknown {
    const tag = this.peekToken() ?? this.fail("the template ends too early");
    if (tag.type !== "symbol") this.fail("tag name expected", tag.lineno, tag.colno);
    const name = String(tag.value);
    if (this.breakOnBlocks?.includes(name)) return null;
    const parse = Object.hasOwn(this.#statements, name) ? this.#statements[name] : undefined;
    if (parse === undefined) throw this.#unknown(tag, name);
    this.#open.push(tag);
    const statement = parse(tag);
    this.#open.pop();
    return statement;
  }

  /** White space has been seen to by the tokenizer, so this is simpler than what nunjucks does here. */
  override parseNodes(): unknown[] {
    const parsed: unknown[] = [];
    for (let token = this.nextToken(); token !== null; token = this.nextToken()) {
      const { type, value, lineno, colno } = token;
      if (type === "data") parsed.push(new nodes.Output(lineno, colno, [new nodes.TemplateData(lineno, colno, value)]));
      else if (type === "variable-start") {
        const isEnd = () => this.isNext("variable-end");
        parsed.push(new nodes.Output(lineno, colno, [this.parseTuple(() => this.parseExpression(), isEnd)]));
        this.expect("variable-end");
      } else {
        const statement = this.parseStatement();
        if (statement === null) return parsed;
        parsed.push(statement);
      }
    }
    const open = this.#open.at(-1);
    if (open !== undefined) this.fail(`this ${open.value} is not closed`, open.lineno, open.colno);
    return parsed;
  }

  #unknown({ lineno, colno }: Token, name: string): TemplateFault {
    const at = { lineno, colno };
    const expected = this.breakOnBlocks?.filter((each) => each !== "elseif") ?? [];
    if (/^(end|else|elif)/.test(name)) {
      const wanted =
        expected.length > 0 ? `expected ${expected.join(" or ")} first` : "nothing is open that it could end";
      return new TemplateFault("syntax", `unexpected ${name}: ${wanted}`, { at });
    }
    const hint = closest(name, [...Object.keys(this.#statements), ...expected]);
    return new TemplateFault("syntax", `unknown tag ${name}`, { at, ...(hint && { hint }) });
  }

  /** A call whose argument `caller` is the body. */
  #call({ lineno, colno }: Token): Statement {
    this.take();
    const parameters = this.parseSignature(true) ?? new nodes.NodeList(lineno, colno, []);
    const call = this.parseExpression();
    if (call.typename !== "FunCall") this.fail("expected a call", call.lineno, call.colno);
    this.advanceAfterBlockEnd("call");
    const body = this.parseUntilBlocks("endcall");
    this.endTag("endcall", { lineno, colno });
    const name = new nodes.Symbol(lineno, colno, "caller");
    const caller = new nodes.Pair(lineno, colno, name, new nodes.Caller(lineno, colno, name, parameters, body));
    const args = new nodes.NodeList(lineno, colno, [
      ...call.args.children,
      new nodes.KeywordArgs(lineno, colno, [caller]),
    ]);
    return new nodes.Output(lineno, colno, [new nodes.FunCall(lineno, colno, call.name, args)]);
  }

  #filter({ lineno, colno }: Token): Statement {
    this.take();
    const filtered = this.parseCaptured("endfilter", { lineno, colno }, (node) => {
      let result = this.parseOneFilter(node);
      while (this.skip("pipe")) result = this.parseOneFilter(result);
      return result;
    });
    return new nodes.Output(lineno, colno, [filtered]);
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
    if (!this.skipSymbol("endblock")) this.endTag("endblock", { lineno, colno });
    this.skipSymbol(name);
    this.advanceAfterBlockEnd("endblock");
    return new nodes.NamedBlock(lineno, colno, name, body, isScoped, isRequired);
  }

  #include({ lineno, colno }: Token): Statement {
    this.take();
    const template = this.parseExpression();
    const ignoresMissing =
      this.skipSymbol("ignore") && (this.skipSymbol("missing") || this.fail("expected missing after ignore"));
    const withContext = this.parseWithContext() ?? true;
    this.advanceAfterBlockEnd("include");
    return new nodes.TemplateInclude(lineno, colno, template, ignoresMissing, withContext);
  }

  #do({ lineno, colno }: Token): Statement {
    this.take();
    const value = this.parseValue();
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
}

function isBlank({ children }: Body): boolean {
  return children.every(
    (each) =>
      each.typename === "Output" &&
      each.children.every((part) => part.typename === "TemplateData" && part.value.trim() === ""),
  );
}
