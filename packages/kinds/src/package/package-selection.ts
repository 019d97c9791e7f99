import type { RunStep } from "@evenkeel/core";
import { defineKind, InputError, isUnsettled, quoteAll } from "@evenkeel/core";

/** What dpkg is told to do with a package: `hold` keeps it at its version. */
export interface PackageSelectionState {
  readonly selection: "install" | "hold" | "deinstall" | "purge" | "unknown";
}

/** dpkg's selection by the package's name. */
export const packageSelection = defineKind<PackageSelectionState, PackageSelectionState>({
  name: "package-selection",
  read(names) {
    for (const name of names) checkName(name);
    return `dpkg-query -W -f='\${Package} \${Architecture} \${db:Status-Want}\\n' -- ${quoteAll(names)} 2>/dev/null\n:`;
  },
  parse(output, names) {
    const wants = new Map<string, string>();
    for (const line of Buffer.from(output).toString().split("\n")) {
      const [name = "", architecture = "", want = ""] = line.split(" ");
      if (!wants.has(name)) wants.set(name, want);
      wants.set(`${name}:${architecture}`, want);
    }
    return new Map(
      names.map((name) => [name, { selection: (wants.get(name) ?? "unknown") as PackageSelectionState["selection"] }]),
    );
  },
  ensure({ kind, key, state }, { selection }) {
    if (!isUnsettled(state) && state.selection === selection) return [];
    const undo = isUnsettled(state) || state.selection === "unknown" ? [] : [select(key, state.selection)];
    return [
      {
        kind,
        key,
        action: "ensure",
        before: state,
        after: { selection },
        steps: [select(key, selection)],
        undo,
        interrupts: "nothing",
      },
    ];
  },
  isAsPlanned: (actual, after) => actual.selection === after.selection,
  isAbsent: ({ selection }) => selection === "unknown",
  dependsOn: ["package", "packages", "deb"],
  describe: ({ selection }) => ({ selection }),
});

function select(name: string, selection: string): RunStep {
  return { do: "run", argv: ["dpkg", "--set-selections"], stdin: `${name} ${selection}\n` };
}

function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9+.-]*(:[a-z0-9-]+)?$/.test(name)) return;
  throw new InputError({
    code: "package/name",
    message: `not a package's name: ${JSON.stringify(name)}`,
    hint: "lower-case letters, digits, `+`, `-` and `.`",
  });
}
