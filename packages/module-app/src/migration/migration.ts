import type { Step } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, readWords } from "@evenkeel/core";
import { isReleaseId, placeOf } from "../place.ts";
import { scriptStep } from "../step/script-step.ts";

/** How the migrations of an application's releases have gone: `done`, `running`, `failed`. What is not in it has not begun. */
export type MigrationState = Readonly<Record<string, string>>;

export interface DesiredMigration {
  readonly release: string;
  /** The unit that runs it. */
  readonly unit: string;
  /** One that was cut in the middle is run again: it keeps a book of its own. */
  readonly resumes: boolean;
}

/** The migrations of an application, by its name. Each release has one, which is run once. */
export const migration = defineKind<MigrationState, DesiredMigration>({
  name: "app-migration",
  read(names) {
    for (const name of names) placeOf(name);
    return `set -- ${quoteAll(names)}\n${readWords(new URL("./read-migrations.sh", import.meta.url))}`;
  },
  parse(output, names) {
    const all = new Map<string, Record<string, string>>(names.map((name) => [name, {}]));
    for (const line of Buffer.from(output).toString().split("\n")) {
      const [name = "", id = "", state = ""] = line.split(" ");
      const known = all.get(name);
      if (known && isReleaseId(id)) known[id] = state;
    }
    return all;
  },
  ensure({ kind, key, state }, { release, unit, resumes }) {
    if (!isUnsettled(state) && state[release] === "done") return [];
    return [
      {
        ...{ kind, key, action: "ensure", before: state, after: { [release]: "done" } },
        steps: [migrateStep(key, release, unit, resumes)],
        undo: [],
        interrupts: "nothing",
      },
    ];
  },
  isAsPlanned: (actual, after) => Object.entries(after).every(([id, state]) => actual[id] === state),
  isAbsent: () => false,
  describe: (state) => state,
});

function migrateStep(name: string, id: string, unit: string, resumes: boolean): Step {
  const words = (file: string) => readWords(new URL(file, import.meta.url));
  return scriptStep({
    script: `${words("../release/once.sh")}\n${words("./migrate.sh")}`,
    words: [name, id, resumes ? "resumes" : "once"],
    stdin: unit,
    failure: {
      code: "app/migration",
      message: `the migration of release ${id} of ${name} has not been done`,
      hint: "nothing was switched: what served before goes on serving",
    },
  });
}
