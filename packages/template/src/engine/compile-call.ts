import { dictEntries, isDict } from "../python/dict.ts";
import { wrongType } from "../python/fault.ts";
import { iterate } from "../python/iterate.ts";
import type { Keywords } from "../python/object.ts";
import { noKeywords } from "../python/object.ts";
import { toText } from "../python/repr.ts";
import { typeName } from "../python/type-name.ts";
import type { Argument, Call, FilterNode, TestNode } from "../syntax/nodes.ts";
import { isMacro } from "../syntax/nodes.ts";
import type { Evaluate } from "./compiled.ts";
import type { Compiler } from "./compiler.ts";
import type { Frame } from "./frame.ts";
import { Macro } from "./macro.ts";

/** The functions whose texts in quotes may be templates: `lookup('file', '{{ folder }}/key')`. */
const lookups = new Set(["lookup", "query", "q"]);

export function compileCall({ name, args, ...node }: Call, compiler: Compiler): Evaluate {
  const callee = compiler.expression(name);
  const isLookup = name.typename === "Symbol" && lookups.has(name.value);
  const compile = () => compileArguments(args.children, compiler);
  const given = isLookup ? compiler.renderingLiterals(compile) : compile();
  const at = compiler.at(name.typename === "Attribute" || name.typename === "Symbol" ? name : node);
  return (frame) => {
    const called = callee(frame);
    const { placed, named } = given(frame);
    frame.render.at = at;
    return frame.render.call(called, placed, named);
  };
}

export function compileFilter({ name, args }: FilterNode, compiler: Compiler): Evaluate {
  const given = compileArguments(args.children, compiler);
  const at = compiler.at(name);
  return (frame) => {
    const { placed, named } = given(frame);
    frame.render.at = at;
    return frame.render.filter(name.value, placed[0], placed.slice(1), named);
  };
}

export function compileTest({ left, right }: TestNode, compiler: Compiler): Evaluate {
  const value = compiler.expression(left);
  const given = compileArguments(right.args.children, compiler);
  const at = compiler.at(right.name);
  return (frame) => {
    const tested = value(frame);
    const { placed, named } = given(frame);
    frame.render.at = at;
    return frame.render.test(right.name.value, tested, placed, named);
  };
}

interface Given {
  readonly placed: readonly unknown[];
  readonly named: Keywords;
}

function compileArguments(nodes: readonly Argument[], compiler: Compiler): (frame: Frame) => Given {
  const takers = nodes.map((node) => compileArgument(node, compiler));
  if (nodes.every((node) => isPlaced(node))) {
    const values = takers as readonly Evaluate[];
    return (frame) => ({ placed: values.map((each) => each(frame)), named: noKeywords });
  }
  return (frame) => {
    const placed: unknown[] = [];
    const named = new Map<string, unknown>();
    for (const [index, take] of takers.entries()) {
      const value = take(frame);
      const kind = nodes[index]?.typename;
      if (kind === "Spread") placed.push(...iterate(value));
      else if (kind === "SpreadKeywords" || kind === "KeywordArgs") addNamed(named, value);
      else placed.push(value);
    }
    return { placed, named };
  };
}

function isPlaced({ typename }: Argument): boolean {
  return typename !== "Spread" && typename !== "SpreadKeywords" && typename !== "KeywordArgs";
}

function compileArgument(node: Argument, compiler: Compiler): Evaluate {
  if (node.typename === "Spread" || node.typename === "SpreadKeywords") return compiler.expression(node.target);
  if (node.typename !== "KeywordArgs") return compiler.expression(node);
  const pairs = node.children.map(({ key, value }) => {
    if (!isMacro(value)) return [key.value, compiler.expression(value)] as const;
    const source = compiler.macro(value);
    return [key.value, (frame: Frame) => new Macro(source, frame)] as const;
  });
  return (frame) => new Map(pairs.map(([key, value]) => [key, value(frame)]));
}

function addNamed(named: Map<string, unknown>, more: unknown): void {
  if (!isDict(more)) throw wrongType(`argument after ** must be a mapping, not ${typeName(more)}`);
  for (const [key, value] of dictEntries(more)) {
    if (named.has(toText(key))) throw wrongType(`${toText(key)} is given twice`);
    named.set(toText(key), value);
  }
}
