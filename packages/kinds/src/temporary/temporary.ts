import type { RunStep } from "@evenkeel/core";
import { readWords } from "@evenkeel/core";
import { actKind } from "../act/act-kind.ts";

/** A file or folder under a name of its own, as people read it: `/tmp/ansible.*`. */
export const temporary = actKind("temporary");

/** Makes one, for its user alone, and prints its path. */
export function makeTemporary(what: "file" | "directory", folder: string, prefix: string, suffix: string): RunStep {
  const script = readWords(new URL("./make.sh", import.meta.url));
  return { do: "run", argv: ["sh", "-c", script, "evenkeel-temporary", what, folder, prefix, suffix] };
}
