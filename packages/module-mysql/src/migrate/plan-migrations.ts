import type { Change, Observed } from "@evenkeel/core";
import { isUnsettled, readWords, Secret, StepError } from "@evenkeel/core";
import type { Door } from "../door/door.ts";
import { optionText } from "../door/option-text.ts";
import { reached } from "../door/reply.ts";
import { sqlStep } from "../door/sql-step.ts";
import { literal } from "../sql/quote-sql.ts";
import { migration } from "./migration.ts";
import type { KnownMigrations, MigrationFile, Migrations, MigrationsState } from "./migrations.ts";
import type { MigrationRecord } from "./records.ts";
import { tableOf } from "./records.ts";
import { splitStatements } from "./split-statements.ts";

export interface MigrateWish extends Migrations {
  readonly lockSeconds: number;
  readonly tries: number;
  readonly allowsOutOfOrder: boolean;
  /** What somebody has found out about migrations whose end nobody knows. */
  readonly resume: Readonly<Record<string, "done" | "again">>;
}

/** Every file that has not run, in order; none when there is anything that somebody must look at first. */
export function planMigrations(actual: Observed<MigrationsState>, wish: MigrateWish): readonly Change[] {
  const known = knownOf(actual);
  // What another run is at right now is waited for, and then found done.
  const settled = known.records.filter(({ state }) => !(known.isBusy && state === "running"));
  const records = new Map(settled.map((record) => [record.name, record]));
  for (const file of known.files) demandClear(file, records.get(file.name), wish);
  const pending = known.files.filter(({ name }) => {
    const record = records.get(name);
    return record === undefined || (record.state !== "done" && wish.resume[name] !== undefined);
  });
  if (!wish.allowsOutOfOrder) demandOrder(pending, known.records, wish);
  return pending.map((file) => change(file, records.get(file.name), wish));
}

/** A server that is not there, or not running yet, has run none of them, as far as anybody knows. */
function knownOf(actual: Observed<MigrationsState>): KnownMigrations {
  const { state } = actual;
  const files = isUnsettled(state) || !("files" in state) ? [] : ((state.files ?? []) as readonly MigrationFile[]);
  const now = reached<KnownMigrations>(actual as Observed<KnownMigrations>, { state: "known", files, records: [] });
  return isUnsettled(now) ? { state: "known", files, records: [] } : now;
}

function demandClear(
  { name, sha256 }: MigrationFile,
  record: MigrationRecord | undefined,
  { resume }: MigrateWish,
): void {
  if (record === undefined || resume[name] !== undefined) return;
  if (record.state === "done") {
    if (record.checksum === sha256) return;
    throw new StepError({
      code: "mysql/migration-changed",
      message: `${name} has run already, and is another file now`,
      detail: `ran  ${record.checksum}\nnow  ${sha256}`,
      hint: "bring the old file back, and put what is new into a new file",
    });
  }
  const where = `statement ${record.statement} of ${record.statements}`;
  throw new StepError({
    code: "mysql/migration-unknown",
    message:
      record.state === "running"
        ? `${name} began at ${record.began}, and nobody knows whether it ended: ${where} is the last that is known to be done`
        : `${name} failed at ${where}; what came before that was done`,
    hint: `look at the database, then say resume: { ${name}: done } if all of it is there, or resume: { ${name}: again } if none of it is`,
  });
}

function demandOrder(
  pending: readonly MigrationFile[],
  records: readonly MigrationRecord[],
  { resume }: MigrateWish,
): void {
  const last = records
    .filter(({ state }) => state === "done")
    .map(({ name }) => name)
    .sort()
    .at(-1);
  const late = pending.filter(({ name }) => last !== undefined && name < last && resume[name] === undefined);
  if (late.length === 0) return;
  throw new StepError({
    code: "mysql/migration-order",
    message: `${late.map(({ name }) => name).join(", ")} comes before ${last}, which has run`,
    hint: "rename it so that it comes last, or say out_of_order: true",
  });
}

function change(file: MigrationFile, record: MigrationRecord | undefined, wish: MigrateWish): Change {
  const { database, door } = wish;
  const answer = wish.resume[file.name];
  const row = `${tableOf(database)}`;
  const known = ` WHERE name = ${literal(file.name)}`;
  const done = `UPDATE ${row} SET state = 'done', checksum = ${literal(file.sha256)}, ended = NOW()${known}`;
  const steps =
    answer === "done"
      ? [sqlStep(door, [done])]
      : [...(record ? [sqlStep(door, [`DELETE FROM ${row}${known}`])] : []), runStep(file, wish)];
  return {
    ...{ kind: migration.name, key: `${database} ${file.name}`, via: { database, ...(door && { door }) } },
    ...{ action: "ensure", before: record ?? { state: "absent" } },
    after: { state: "done", checksum: file.sha256 },
    ...{ steps, undo: [], interrupts: "nothing" },
  };
}

function runStep({ name, sha256, text }: MigrationFile, { database, door, lockSeconds, tries }: MigrateWish) {
  const login = optionText(door as Door | undefined);
  const shown = login instanceof Secret ? login.reveal() : (login ?? "");
  const statements = splitStatements(text);
  const blocks = statements.map((statement) => `${statement.split("\n").length}\n${statement}\n`).join("");
  const words = [new URL("../door/client.sh", import.meta.url), new URL("./migrate.sh", import.meta.url)]
    .map(readWords)
    .join("");
  const facts = [database, name, sha256, lockSeconds, tries, statements.length, shown.split("\n").length - 1].map(
    String,
  );
  return {
    do: "run" as const,
    argv: ["sh", "-c", words, "evenkeel-migrate", ...facts],
    // A migration may hold whatever its author put there.
    stdin: new Secret(`${shown}${blocks}`),
  };
}
