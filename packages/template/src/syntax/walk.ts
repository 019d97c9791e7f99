/** Any node of nunjucks' tree. */
export interface AnyNode {
  readonly typename: string;
  readonly lineno: number;
  readonly colno: number;
  readonly fields: readonly string[];
}

/** The nodes right below one. */
function childrenOf(node: object): readonly AnyNode[] {
  const { fields = [] } = node as Partial<AnyNode>;
  const values = node as Readonly<Record<string, unknown>>;
  return fields.flatMap((field) => values[field]).filter(isNode);
}

/** A node and all nodes below it. */
export function* everyNode(node: object): Generator<AnyNode> {
  if (isNode(node)) yield node;
  for (const child of childrenOf(node)) yield* everyNode(child);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "typename" in value;
}
