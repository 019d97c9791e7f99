import type { RunStep } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll, readWords } from "@evenkeel/core";

/** A file with keys that repositories are signed with. */
export interface AptKeyFileState {
  readonly state: "absent" | "present";
}

/** A key file by its path; what ends in .asc holds text, what ends in .gpg bytes: apt goes by the name. */
export const aptKeyFile = defineKind<AptKeyFileState, { readonly url: string } | { readonly state: "absent" }>({
  name: "apt-key",
  read(paths) {
    for (const path of paths) checkPath(path);
    return `for path in ${quoteAll(paths)}; do if [ -s "$path" ]; then echo present; else echo absent; fi; done`;
  },
  parse(output, paths) {
    const words = Buffer.from(output).toString().split("\n");
    return new Map(paths.map((path, index) => [path, { state: words[index] === "present" ? "present" : "absent" }]));
  },
  ensure({ kind, key, state }, desired) {
    const isWanted = "url" in desired;
    if (!isUnsettled(state) && (state.state === "present") === isWanted) return [];
    const remove: RunStep = { do: "run", argv: ["rm", "-f", "--", key] };
    const script = readWords(new URL("./fetch-key.sh", import.meta.url));
    return [
      {
        ...{
          kind,
          key,
          action: isWanted ? "ensure" : "remove",
          before: state,
          after: { state: isWanted ? "present" : "absent" },
        },
        steps: [isWanted ? { do: "run", argv: ["sh", "-c", script, "evenkeel-apt-key", desired.url, key] } : remove],
        undo: isWanted && !isUnsettled(state) ? [remove] : [],
        interrupts: "nothing",
      },
    ];
  },
  isAsPlanned: (actual, after) => actual.state === after.state,
  isAbsent: ({ state }) => state === "absent",
  dependsOn: ["file"],
  unsettles: ({ key }) => [{ kind: "file", key, because: "a key is fetched there" }],
  describe: ({ state }) => ({ state }),
});

function checkPath(path: string): void {
  if (/^\/[A-Za-z0-9._/+-]+\.(asc|gpg)$/.test(path)) return;
  throw new InputError({
    code: "apt-key/path",
    message: `not a key file's path: ${JSON.stringify(path)}`,
    hint: "it ends in .asc or .gpg",
  });
}
