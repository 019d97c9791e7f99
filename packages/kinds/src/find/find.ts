import { defineKind, InternalError, quote, quoteAll, readWords } from "@evenkeel/core";
import { pathWord } from "../file/read-files.ts";
import type { FindVia } from "./find-via.ts";
import type { FindState } from "./parse-found.ts";
import { parseFound } from "./parse-found.ts";

/** What is below a folder; only ever asked about. */
export const find = defineKind<FindState, never>({
  name: "find",
  read(folders, via) {
    const { sort, depth, hidden, follow, names, algorithm, contents } = via as FindVia;
    const settings = {
      evk_follow: follow ? "-L" : "",
      evk_depth: depth === undefined ? "" : `-maxdepth ${depth}`,
      evk_sum: algorithm === undefined ? "" : `${algorithm}sum`,
      evk_contents: contents ? "1" : "",
    };
    const conditions = [
      ...(sort === "any" || follow ? [] : ["-type", letters[sort]]),
      ...(hidden ? [] : ["!", "-name", ".*"]),
      ...anyOf(names),
    ];
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`);
    const calls = folders.map((folder) => `evk_find ${pathWord(folder)} ${quoteAll(conditions)}`);
    return `${lines.join("\n")}\n${readWords(new URL("./read.sh", import.meta.url))}${calls.join("\n")}`;
  },
  parse: parseFound,
  ensure() {
    throw new InternalError({ code: "find/ensure", message: "what is below a folder is only asked about" });
  },
  isAsPlanned: () => true,
  isAbsent: ({ state }) => state === "absent",
  describe: (state) => ({ state: state.state }),
});

const letters = { directory: "d", file: "f", link: "l" } as const;

function anyOf(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return ["(", ...names.flatMap((name, index) => [...(index > 0 ? ["-o"] : []), "-name", name]), ")"];
}
