import type { Change } from "@evenkeel/core";
import { defineKind, InputError, readWords, Secret } from "@evenkeel/core";
import type { Door } from "../door/door.ts";
import { isRemote } from "../door/door.ts";
import { optionText } from "../door/option-text.ts";

/** Databases that go into a file of the host, or the other way. Only done: nothing tells whether it was. */
export interface CopyState {
  readonly state: "done" | "not done";
  /** The file that it writes. */
  readonly writes?: string;
}

export interface Copying {
  readonly verb: "dump" | "import";
  readonly door?: Door | undefined;
  readonly target: string;
  readonly databases: readonly string[] | "all";
  /** The dumping program's own. */
  readonly words: readonly string[];
}

export const copying = defineKind<CopyState, Copying>({
  name: "mysql.copy",
  ask: async (queries) => queries.map(() => ({ state: "not done" as const })),
  ensure: (_, desired) => [change(desired)],
  isAsPlanned: () => true,
  isAbsent: () => false,
  unsettles: ({ key, after }) => [
    ...(after.writes ? [{ kind: "file", key: after.writes, because: `${key} writes it` }] : []),
    ...(after.writes ? [] : ["mysql.database", "mysql.grants", "mysql.migrations"]).map((kind) => ({
      ...{ kind, isDoubt: true, because: `it may come with ${key}` },
    })),
  ],
  describe: () => ({}),
});

function change({ verb, door, target, databases, words }: Copying): Change<CopyState> {
  if (isRemote(door)) {
    throw new InputError({
      code: "mysql/copy-remote",
      message: "dumps and imports are the work of the server's own programs, on its own host",
      hint: "leave login_host out, and use delegate_to with the database's host",
    });
  }
  const login = optionText(door);
  const shown = login instanceof Secret ? login.reveal() : (login ?? "");
  const script = ["../door/client.sh", "./copy.sh"].map((path) => readWords(new URL(path, import.meta.url))).join("");
  const key = `${databases === "all" ? "all" : databases.join(", ")} ${verb === "dump" ? "into" : "from"} ${target}`;
  return {
    ...{ kind: "mysql.copy", key, action: "run", before: { state: "not done" } },
    after: { state: "done", ...(verb === "dump" && { writes: target }) },
    steps: [
      {
        do: "run",
        argv: [
          "sh",
          "-c",
          script,
          `evenkeel-${verb}`,
          verb,
          String(shown.split("\n").length - 1),
          target,
          ...words,
          ...namesFor(verb, databases),
        ],
        ...(shown !== "" && { stdin: new Secret(shown) }),
      },
    ],
    ...{ undo: [], interrupts: "nothing" },
  };
}

/** One database is dumped without its name, so that it can be imported under another. */
function namesFor(verb: Copying["verb"], databases: Copying["databases"]): readonly string[] {
  if (databases === "all") return verb === "dump" ? ["--all-databases"] : [];
  return [...(verb === "dump" && databases.length > 1 ? ["--databases"] : []), "--", ...databases];
}
