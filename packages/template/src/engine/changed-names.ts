import type { Body, Expression } from "../syntax/nodes.ts";
import type { AnyNode } from "../syntax/walk.ts";
import { everyNode } from "../syntax/walk.ts";

const changing = new Set("append extend insert remove clear reverse sort pop update setdefault popitem".split(" "));

/** What a name is assigned from, or goes over. */
type Sources = ReadonlyMap<string, readonly string[]>;

/**
 * The names of what a template changes in place, such as `found` in `found.append(x)`, and of what those names may stand
 * for. Of variables that are among them a template gets a copy.
 */
export function changedNames(body: Body): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const node of everyNode(body)) {
    const { name: callee } = node as {
      readonly name?: AnyNode & { readonly name?: string; readonly target?: Expression };
    };
    if (node.typename !== "FunCall" || callee?.typename !== "Attribute") continue;
    if (changing.has(callee.name ?? "") && callee.target !== undefined)
      for (const root of rootsOf(callee.target)) changed.add(root);
  }
  if (changed.size === 0) return changed;
  const sources = sourcesIn(body);
  for (const name of changed) for (const source of sources.get(name) ?? []) changed.add(source);
  return changed;
}

function sourcesIn(body: Body): Sources {
  const sources = new Map<string, string[]>();
  for (const node of everyNode(body)) {
    const [target, value] = assignment(node);
    if (target === undefined || value === undefined) continue;
    const roots = rootsOf(value);
    for (const each of everyNode(target)) {
      const { value: name } = each as { readonly value?: unknown };
      if (each.typename === "Symbol" && typeof name === "string")
        sources.set(name, [...(sources.get(name) ?? []), ...roots]);
    }
  }
  return sources;
}

function assignment(node: AnyNode): readonly [AnyNode | undefined, Expression | undefined] {
  const { target, name, value, arr } = node as AnyNode &
    Record<"target" | "name", AnyNode> &
    Record<"value" | "arr", Expression>;
  if (node.typename === "Assign") return [target, value];
  return node.typename === "ForLoop" ? [name, arr] : [undefined, undefined];
}

/** The names whose value, or part of whose value, an expression may be. */
function rootsOf(node: Expression): readonly string[] {
  switch (node.typename) {
    case "Symbol":
      return [node.value];
    case "Attribute":
    case "LookupVal":
      return rootsOf(node.target);
    case "InlineIf":
      return [...rootsOf(node.body), ...(node.else_ === null ? [] : rootsOf(node.else_))];
    case "And":
    case "Or":
      return [...rootsOf(node.left), ...rootsOf(node.right)];
    case "Filter":
    case "FunCall":
    case "Group":
    case "Array":
      return rootsBelow(node);
    default:
      return [];
  }
}

function rootsBelow(
  node: Extract<Expression, { readonly typename: "Filter" | "FunCall" | "Group" | "Array" }>,
): readonly string[] {
  if (node.typename === "Group" || node.typename === "Array") return node.children.flatMap(rootsOf);
  const called = node.typename === "FunCall" ? rootsOf(node.name) : [];
  const args = node.args.children.filter((each) => each.typename !== "KeywordArgs");
  return [
    ...called,
    ...args.flatMap((each) =>
      "target" in each && each.typename.startsWith("Spread") ? [] : rootsOf(each as Expression),
    ),
  ];
}
