import { contains } from "../python/contains.ts";
import { equals } from "../python/equals.ts";
import { order } from "../python/order.ts";
import type { Comparison } from "../syntax/nodes.ts";
import type { Evaluate } from "./compiled.ts";
import type { Compiler } from "./compiler.ts";

const operators: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  "==": equals,
  "!=": (left, right) => !equals(left, right),
  "<": (left, right) => order(left, right, "<") < 0,
  ">": (left, right) => order(left, right, ">") > 0,
  "<=": (left, right) => order(left, right, "<=") <= 0,
  ">=": (left, right) => order(left, right, ">=") >= 0,
  in: (left, right) => contains(right, left),
  "not in": (left, right) => !contains(right, left),
};

/** `a < b < c`: each operand is computed once, and none after the first that does not hold. */
export function compileComparison(node: Comparison, compiler: Compiler): Evaluate {
  const first = compiler.expression(node.expr);
  const rest = node.ops.map((each) => ({
    operand: compiler.expression(each.expr),
    holds: operators[each.type] ?? equals,
    at: compiler.at(each.expr),
  }));
  return (frame) => {
    const { render } = frame;
    let left = render.reveal(first(frame));
    for (const { operand, holds, at } of rest) {
      const right = render.reveal(operand(frame));
      render.at = at;
      if (!holds(left, right)) return false;
      left = right;
    }
    return true;
  };
}
