import { expect, test } from "vitest";
import type { MigrationFile } from "./migrations.ts";
import { planMigrations } from "./plan-migrations.ts";
import type { MigrationRecord } from "./records.ts";

const files: readonly MigrationFile[] = ["1.sql", "2.sql"].map((name) => ({ name, sha256: name, text: "SELECT 1" }));
const record = (name: string, more: Partial<MigrationRecord> = {}): MigrationRecord => ({
  ...{ name, state: "done", checksum: name, statement: 1, statements: 1, began: "2026-11-21 15:00:00" },
  ...more,
});
const wish = {
  ...{ folder: "/m", database: "shop", lockSeconds: 5, tries: 5, allowsOutOfOrder: false },
  resume: {} as Readonly<Record<string, "done" | "again">>,
};

interface Row {
  readonly name: string;
  readonly records: readonly MigrationRecord[];
  readonly isBusy?: boolean;
  readonly more?: Partial<typeof wish>;
  /** The files that would run, or the error's code. */
  readonly comes: readonly string[] | string;
}

const rows: readonly Row[] = [
  { name: "none has run", records: [], comes: ["1.sql", "2.sql"] },
  { name: "one has", records: [record("1.sql")], comes: ["2.sql"] },
  { name: "all have", records: files.map(({ name }) => record(name)), comes: [] },
  { name: "one has changed since", records: [record("1.sql", { checksum: "x" })], comes: "mysql/migration-changed" },
  { name: "one began", records: [record("1.sql", { state: "running" })], comes: "mysql/migration-unknown" },
  {
    name: "another run is at it",
    records: [record("1.sql", { state: "running" })],
    isBusy: true,
    comes: ["1.sql", "2.sql"],
  },
  { name: "one failed", records: [record("1.sql", { state: "failed" })], comes: "mysql/migration-unknown" },
  {
    name: "failed while another run is at something else",
    records: [record("1.sql", { state: "failed" })],
    isBusy: true,
    comes: "mysql/migration-unknown",
  },
  {
    name: "somebody has looked",
    records: [record("1.sql", { state: "failed" })],
    more: { resume: { "1.sql": "again" } },
    comes: ["1.sql", "2.sql"],
  },
  { name: "a late one", records: [record("2.sql")], comes: "mysql/migration-order" },
  { name: "a late one that may", records: [record("2.sql")], more: { allowsOutOfOrder: true }, comes: ["1.sql"] },
];

test.each(rows)("$name", ({ records, isBusy = false, more, comes }) => {
  const actual = { kind: "mysql.migrations", key: "shop", state: { state: "known", files, records, isBusy } } as const;
  const plan = () => planMigrations(actual, { ...wish, ...more }).map(({ key }) => key.replace("shop ", ""));
  if (typeof comes === "string") expect(plan).toThrow(expect.objectContaining({ code: comes }));
  else expect(plan()).toEqual(comes);
});
