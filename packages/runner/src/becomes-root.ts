import type { HostMemory, Node } from "@evenkeel/core";
import type { Run } from "./run.ts";

/** Whether any of a program's tasks is root's on this host: then the host's records are root's as well. */
export function becomesRoot({ program }: Run, memory: HostMemory): boolean {
  return program.plays.some(({ nodes }) => nodes.some((node) => isRoots(node, memory)));
}

function isRoots(node: Node, memory: HostMemory): boolean {
  if (node.node === "block") return node.nodes.some((each) => isRoots(each, memory));
  if (node.node !== "task") return false;
  try {
    return node.become.resolve(node.scope(memory))?.user === "root";
  } catch {
    return false;
  }
}
