import type { Expression } from "../syntax/nodes.ts";
import { everyNode } from "../syntax/walk.ts";

/** A variable and what is taken of it, as far as it is written out. */
export interface Chain {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly at: Expression;
}

/** undefined when an expression is no variable with parts. */
export function chainOf(node: Expression): Chain | undefined {
  if (node.typename === "Symbol") return { name: node.value, path: [], at: node };
  if (node.typename !== "Attribute" && node.typename !== "LookupVal") return undefined;
  const target = chainOf(node.target);
  if (target === undefined) return undefined;
  const part = node.typename === "Attribute" ? node.name : literalPart(node.val);
  return part === undefined ? undefined : { ...target, path: [...target.path, part] };
}

export function pathText({ name, path }: Pick<Chain, "name" | "path">): string {
  return [name, ...path].join(".");
}

/**
 * What a condition asks for, in one way or another: `x is defined`, `x | default(…)`, `'x' in vars`. Who writes that knows
 * that it may be missing, so what depends on the condition is not complained about.
 */
export function checkedPaths(condition: Expression): readonly string[] {
  const paths: string[] = [];
  for (const node of everyNode(condition)) {
    const expression = node as unknown as Expression;
    if (expression.typename === "Is" && isAboutBeing(expression.right.name.value)) add(paths, expression.left);
    if (expression.typename === "Filter" && isDefault(expression.name.value)) add(paths, unfiltered(expression));
    if (expression.typename === "Literal" && typeof expression.value === "string") paths.push(expression.value);
  }
  return paths;
}

export function isAboutBeing(test: string): boolean {
  return /^(?:ansible\.(?:builtin|legacy)\.)?(?:un)?defined$/.test(test);
}

export function isDefault(filter: string): boolean {
  return /^(?:ansible\.(?:builtin|legacy)\.)?(?:d|default)$/.test(filter);
}

/** What a filter is applied to, and those before it. */
function unfiltered(node: Expression): Expression {
  return node.typename === "Filter" ? unfiltered(node.args.children[0] as Expression) : node;
}

function add(paths: string[], node: Expression): void {
  const chain = chainOf(unfiltered(node));
  if (chain !== undefined) paths.push(pathText(chain));
}

function literalPart(node: Expression): string | number | undefined {
  if (node.typename !== "Literal") return undefined;
  return typeof node.value === "string" || typeof node.value === "number" ? node.value : undefined;
}
