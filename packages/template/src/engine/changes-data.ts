import type { Body, Expression } from "../syntax/nodes.ts";
import { everyNode } from "../syntax/walk.ts";

const changing = new Set("append extend insert remove clear reverse sort pop update setdefault popitem".split(" "));

/** Whether a template names a method that changes lists or dicts in place: then it gets copies of its variables. */
export function changesData(body: Body | Expression): boolean {
  for (const node of everyNode(body)) {
    if (node.typename !== "Attribute") continue;
    if (changing.has((node as unknown as { readonly name: string }).name)) return true;
  }
  return false;
}
