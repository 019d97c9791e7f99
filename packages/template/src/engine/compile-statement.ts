import { TemplateFault } from "../python/fault.ts";
import type { If, Output, Statement } from "../syntax/nodes.ts";
import { runBlock } from "./block-reference.ts";
import { compileFor } from "./compile-for.ts";
import { compileFromImport, compileImport, compileInclude } from "./compile-include.ts";
import { compileTarget } from "./compile-target.ts";
import type { Execute } from "./compiled.ts";
import type { Compiler } from "./compiler.ts";
import { Macro } from "./macro.ts";

type Compile<Name extends Statement["typename"]> = (
  node: Extract<Statement, { readonly typename: Name }>,
  compiler: Compiler,
) => Execute;

/** What runs a statement. */
export function compileStatement(node: Statement, compiler: Compiler): Execute {
  const compile = statements[node.typename] as Compile<Statement["typename"]>;
  return compile(node as never, compiler);
}

const statements: { readonly [Name in Statement["typename"]]: Compile<Name> } = {
  Output: compileOutput,
  If: compileIf,
  ForLoop: compileFor,
  Macro: (node, compiler) => {
    const source = compiler.macro(node);
    return (frame) => void frame.names.set(source.name, new Macro(source, frame));
  },
  Caller: (node) => {
    throw new TemplateFault("syntax", "the body of a call stands alone", { at: node });
  },
  Assign: (node, compiler) => {
    const value = compiler.expression(node.value);
    const assign = compileTarget(node.target);
    const at = compiler.at(node);
    return (frame) => {
      const computed = value(frame);
      frame.render.at = at;
      assign(frame, computed);
      return undefined;
    };
  },
  With: ({ targets, values, body }, compiler) => {
    const pairs = targets.map((target, index) => {
      const value = values[index];
      return [compileTarget(target), value === undefined ? () => null : compiler.expression(value)] as const;
    });
    const run = compiler.body(body);
    return (frame, sink) => {
      const inner = frame.inner();
      for (const [assign, value] of pairs) assign(inner, value(frame));
      return run(inner, sink);
    };
  },
  Do: ({ value }, compiler) => {
    const compute = compiler.expression(value);
    return (frame) => {
      compute(frame);
      return undefined;
    };
  },
  NamedBlock: (node, compiler) => {
    const { name, isScoped, isRequired } = node;
    if (compiler.blocks.has(name))
      throw new TemplateFault("syntax", `there are two blocks ${name}`, { at: compiler.at(node) });
    compiler.blocks.set(name, { run: () => undefined, isRequired });
    compiler.blocks.set(name, { run: compiler.body(node.body), isRequired });
    const at = compiler.at(node);
    return (frame, sink) => {
      if (frame.isTop && frame.run.parent !== undefined) return undefined;
      frame.render.at = at;
      runBlock(frame.run, name, 0, sink, isScoped ? frame : undefined);
      return undefined;
    };
  },
  Extends: (node, compiler) => {
    const template = compiler.expression(node.template);
    const at = compiler.at(node);
    return (frame, sink) => {
      const name = template(frame);
      frame.render.at = at;
      if (frame.run.parent !== undefined) throw new TemplateFault("extends", "a template can extend one other only");
      frame.run.parent = frame.run.find([name], compiler.file);
      sink.isMuted = true;
      return undefined;
    };
  },
  Import: compileImport,
  FromImport: compileFromImport,
  TemplateInclude: compileInclude,
  Break: () => () => "break",
  Continue: () => () => "continue",
};

function compileOutput({ children }: Output, compiler: Compiler): Execute {
  const pieces = children.map((each) => {
    const { value } = each as { readonly value: unknown };
    return each.typename === "TemplateData" ? () => value : compiler.expression(each);
  });
  return (frame, sink) => {
    for (const piece of pieces) sink.push(piece(frame));
    return undefined;
  };
}

function compileIf({ cond, body, else_ }: If, compiler: Compiler): Execute {
  const condition = compiler.expression(cond);
  const then = compiler.body(body);
  const otherwise =
    else_ === null ? () => undefined : else_.typename === "If" ? compileIf(else_, compiler) : compiler.body(else_);
  return (frame, sink) => (frame.render.isTrue(condition(frame)) ? then(frame, sink) : otherwise(frame, sink));
}
