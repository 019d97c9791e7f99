import { add, divide, floorDivide, modulo, multiply, negate, plus, power, subtract } from "../python/arithmetic.ts";
import { dictSet } from "../python/dict.ts";
import { LimitReached } from "../python/fault.ts";
import { checkText } from "../python/limits.ts";
import { NOTHING } from "../python/nothing.ts";
import { toText } from "../python/repr.ts";
import { Slice } from "../python/slice.ts";
import { Tuple } from "../python/tuple.ts";
import { hasMarkers } from "../syntax/has-markers.ts";
import type { Binary, Expression, Unary } from "../syntax/nodes.ts";
import { compileCall, compileFilter, compileTest } from "./compile-call.ts";
import { compileComparison } from "./compile-comparison.ts";
import type { Evaluate } from "./compiled.ts";
import type { Compiler } from "./compiler.ts";
import { Sink } from "./sink.ts";

type Compile<Name extends Expression["typename"]> = (
  node: Extract<Expression, { readonly typename: Name }>,
  compiler: Compiler,
) => Evaluate;

/** What computes an expression. */
export function compileExpression(node: Expression, compiler: Compiler): Evaluate {
  const compile = expressions[node.typename] as Compile<Expression["typename"]> | undefined;
  if (compile === undefined) throw new LimitReached(`an expression of kind ${node.typename} is not supported`);
  return compile(node as never, compiler);
}

const expressions: { readonly [Name in Expression["typename"]]: Compile<Name> } = {
  Literal: ({ value }, compiler) => {
    if (typeof value === "string" && compiler.rendersLiterals && hasMarkers(value)) return compiler.literal(value);
    return () => value;
  },
  Symbol: (node, compiler) => {
    const at = compiler.at(node);
    const { value: name } = node;
    return (frame) => {
      frame.render.at = at;
      return frame.render.reached(frame.lookup(name));
    };
  },
  Group: ({ children }, compiler) => {
    const items = children.map((each) => compiler.expression(each));
    return (frame) => Tuple.from(items, (item) => item(frame));
  },
  Array: ({ children }, compiler) => {
    const items = children.map((each) => compiler.expression(each));
    return (frame) => frame.render.made(items.map((item) => item(frame)));
  },
  Dict: ({ children }, compiler) => {
    const pairs = children.map(({ key, value }) => [compiler.expression(key), compiler.expression(value)] as const);
    return (frame) => {
      const made = new Map<unknown, unknown>();
      for (const [key, value] of pairs) dictSet(made, frame.render.reveal(key(frame)), value(frame));
      return frame.render.made(made);
    };
  },
  LookupVal: (node, compiler) => {
    const at = compiler.at(node);
    const target = compiler.expression(node.target);
    const key = compiler.expression(node.val);
    return (frame) => {
      const of = target(frame);
      const by = key(frame);
      frame.render.at = at;
      return frame.render.item(of, by);
    };
  },
  Attribute: (node, compiler) => {
    const at = compiler.at(node);
    const target = compiler.expression(node.target);
    const { name } = node;
    return (frame) => {
      const of = target(frame);
      frame.render.at = at;
      return frame.render.attribute(of, name);
    };
  },
  Slice: ({ start, stop, step }, compiler) => {
    const [from, to, by] = [start, stop, step].map((each) => (each === null ? () => null : compiler.expression(each)));
    return (frame) => new Slice(from?.(frame), to?.(frame), by?.(frame));
  },
  FunCall: compileCall,
  Filter: compileFilter,
  Is: compileTest,
  Compare: compileComparison,
  InlineIf: (node, compiler) => {
    const condition = compiler.expression(node.cond);
    const body = compiler.expression(node.body);
    const otherwise = node.else_ === null ? () => NOTHING : compiler.expression(node.else_);
    return (frame) => (frame.render.isTrue(condition(frame)) ? body(frame) : otherwise(frame));
  },
  And: ({ left, right }, compiler) => {
    const [first, second] = [compiler.expression(left), compiler.expression(right)];
    return (frame) => {
      const value = first(frame);
      return frame.render.isTrue(value) ? second(frame) : value;
    };
  },
  Or: ({ left, right }, compiler) => {
    const [first, second] = [compiler.expression(left), compiler.expression(right)];
    return (frame) => {
      const value = first(frame);
      return frame.render.isTrue(value) ? value : second(frame);
    };
  },
  Not: ({ target }, compiler) => {
    const value = compiler.expression(target);
    return (frame) => !frame.render.isTrue(value(frame));
  },
  Neg: (node, compiler) => unary(node, compiler, negate),
  Pos: (node, compiler) => unary(node, compiler, plus),
  Concat: (node, compiler) =>
    binary(node, compiler, (left, right) => {
      const joined = toText(left) + toText(right);
      checkText(joined.length);
      return joined;
    }),
  Add: (node, compiler) => binary(node, compiler, add),
  Sub: (node, compiler) => binary(node, compiler, subtract),
  Mul: (node, compiler) => binary(node, compiler, multiply),
  Div: (node, compiler) => binary(node, compiler, divide),
  FloorDiv: (node, compiler) => binary(node, compiler, floorDivide),
  Mod: (node, compiler) => binary(node, compiler, modulo),
  Pow: (node, compiler) => binary(node, compiler, power),
  Capture: ({ body }, compiler) => {
    const run = compiler.body(body);
    return (frame) => {
      const sink = new Sink(frame.render);
      run(frame.inner(), sink);
      return sink.value();
    };
  },
};

function binary(node: Binary, compiler: Compiler, operate: (left: unknown, right: unknown) => unknown): Evaluate {
  const at = compiler.at(node);
  const [first, second] = [compiler.expression(node.left), compiler.expression(node.right)];
  return (frame) => {
    const { render } = frame;
    const left = render.reveal(first(frame));
    const right = render.reveal(second(frame));
    render.at = at;
    return operate(left, right);
  };
}

function unary(node: Unary, compiler: Compiler, operate: (value: unknown) => unknown): Evaluate {
  const at = compiler.at(node);
  const value = compiler.expression(node.target);
  return (frame) => {
    const operand = frame.render.reveal(value(frame));
    frame.render.at = at;
    return operate(operand);
  };
}
