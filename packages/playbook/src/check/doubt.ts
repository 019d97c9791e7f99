import type { Block, Handler, HostMemory, Node, Open, Scope } from "@evenkeel/core";
import { InputError, UnsettledValue } from "@evenkeel/core";
import { isOpen } from "./findings.ts";

/** Whose name cannot be made out yet may be the one. */
export function isNamed({ name, role }: Handler, wanted: string, scope: Scope): boolean {
  try {
    const own = name.resolve(scope);
    return own !== "" && (own === wanted || `${role} : ${own}` === wanted || wanted.endsWith(` : ${own}`));
  } catch (error) {
    if (isOpen(error) || error instanceof InputError) return true;
    throw error;
  }
}

export function isLeftOut(block: Block, memory: HostMemory): boolean {
  try {
    return block.isLeftOut?.(memory) ?? false;
  } catch (error) {
    if (isOpen(error) || error instanceof InputError) return false;
    throw error;
  }
}

/** Of an include that may be left out, all that it includes may be. */
export function doubted(node: Node): Node {
  if (node.node === "block") {
    const all = (nodes: readonly Node[]) => nodes.map(doubted);
    return { ...node, nodes: all(node.nodes), rescue: all(node.rescue), always: all(node.always) };
  }
  return { ...node, when: [unknown, ...node.when] };
}

const unknown: Open<boolean> = {
  source: "the include's condition",
  resolve: () => {
    throw new UnsettledValue("the include's condition is not known");
  },
};
