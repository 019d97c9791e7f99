import { defineKind, InternalError } from "@evenkeel/core";
import { globbedWord } from "./expanded-word.ts";

/** Whether anything is there under a name. */
export interface GlobState {
  readonly exists: boolean;
}

/**
 * What files there are under a name that is not simply a path: a pattern, `~/x`, `$HOME/x`. Seen without opening them,
 * and without a fork. It is only ever asked about.
 */
export const glob = defineKind<GlobState, never>({
  name: "glob",
  read: (patterns) => `${patterns.map(look).join("\n")}`,
  parse(output, patterns) {
    const lines = Buffer.from(output).toString().split("\n");
    return new Map(patterns.map((pattern, index) => [pattern, { exists: lines[index] === "there" }]));
  },
  ensure() {
    throw new InternalError({ code: "glob/ensure", message: "a pattern cannot be made true" });
  },
  isAsPlanned: (actual, after) => actual.exists === after.exists,
  isAbsent: ({ exists }) => !exists,
  dependsOn: ["file", "tree", "unpacked", "package", "git", "user", "mount"],
  describe: ({ exists }) => ({ state: exists ? "present" : "absent" }),
});

/** What matches nothing stays as it is written, and is not there. A link is there wherever it points. */
function look(pattern: string): string {
  return `set -- ${globbedWord(pattern)}; if [ -e "$1" ] || [ -L "$1" ]; then echo there; else echo; fi`;
}
