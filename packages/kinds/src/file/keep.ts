import { hash } from "node:crypto";
import type { RunStep } from "@evenkeel/core";
import { readWords } from "@evenkeel/core";

/** Steps that keep what a change takes away, in a folder of root's on the host, and the one that brings it back. */
export interface Keeping {
  /** A copy is kept, and what is there stays. */
  readonly keep: RunStep;
  /** It is moved away; what is too large is removed. */
  readonly move: RunStep;
  readonly restore: RunStep;
}

/** `what` tells apart what is kept of one path. */
export function keeping(path: string, what: string): Keeping {
  const name = hash("sha256", `${path}\n${what}`).slice(0, 24);
  const script = readWords(new URL("./keep.sh", import.meta.url));
  const step = (verb: string): RunStep => ({
    do: "run",
    argv: ["sh", "-c", script, "evenkeel-keep", verb, path, name],
  });
  return { keep: step("keep"), move: step("move"), restore: step("restore") };
}
