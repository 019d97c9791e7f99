import type { DesiredFile } from "../file/desired-file.ts";
import type { FileState } from "../file/file-state.ts";

/** One thing in a tree that is not as ours, and what it is to be. */
export interface TreeDifference {
  /** On the host. */
  readonly path: string;
  readonly why: "new" | "content" | "attributes" | "target" | "another sort";
  readonly there: FileState;
  readonly desired: DesiredFile;
}

/** Why a path is not as it is to be, in a word. */
export function whyDifferent(there: FileState, desired: DesiredFile): TreeDifference["why"] {
  if (there.type === "absent") return "new";
  const { type = "file" } = desired;
  if (there.type !== type) return "another sort";
  if (desired.type === "link") return "target";
  const content = "content" in desired ? desired.content : undefined;
  const isOther = typeof content === "object" && "sha256" in content && content.sha256 !== there.sha256;
  return isOther ? "content" : "attributes";
}
