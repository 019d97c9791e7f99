import { defineKind } from "@evenkeel/core";
import { askServer } from "../door/ask-server.ts";
import type { Unreached } from "../door/reply.ts";
import { isNowhere, isUnreached } from "../door/reply.ts";
import type { Migrations } from "./migrations.ts";
import { recordIn, recordQuestion } from "./records.ts";

/** One migration of one database, as its record says. */
export type MigrationState = { readonly state: "absent" } | RecordedMigration | Unreached;

export interface RecordedMigration {
  /** `running`: begun, and nobody knows how it ended. `failed`: at a statement that was not its first. */
  readonly state: "done" | "running" | "failed";
  readonly checksum?: string;
  readonly statement?: number;
  readonly statements?: number;
}

/** `shop 001_orders.sql`: made by `mysql.migrate` alone. */
export const migration = defineKind<MigrationState, never>({
  name: "mysql.migration",
  async ask(queries, host) {
    const [via] = queries.map(({ via }) => via as Pick<Migrations, "door" | "database"> | undefined);
    const { door, database = "" } = via ?? {};
    const [reply] = await askServer(host, door, [recordQuestion(database)]);
    const records = recordIn(reply);
    if (isUnreached(records)) return queries.map(() => records);
    return queries.map(({ key }): MigrationState => {
      const record = records.rows.find(({ name }) => key === `${database} ${name}`);
      return record ?? { state: "absent" };
    });
  },
  ensure: () => [],
  isAsPlanned: (actual, after) =>
    actual.state === after.state &&
    (actual.state !== "done" ||
      after.state !== "done" ||
      after.checksum === undefined ||
      actual.checksum === after.checksum),
  isAbsent: isNowhere,
  describe(state) {
    if (isUnreached(state) || state.state === "absent") return { state: "not run" };
    return { state: state.state, ...(state.checksum && { sha256: state.checksum.slice(0, 12) }) };
  },
});
