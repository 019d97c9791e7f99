import type { Reply, Unreached } from "../door/reply.ts";
import type { Rows } from "../door/rows-of.ts";
import { rowsOf } from "../door/rows-of.ts";
import { identifier, literal } from "../sql/quote-sql.ts";

/** A line of the table in which a database keeps its migrations. */
export interface MigrationRecord {
  readonly name: string;
  readonly state: "done" | "running" | "failed";
  readonly checksum: string;
  readonly statement: number;
  readonly statements: number;
  readonly began: string;
}

export function recordQuestion(database: string): string {
  return (
    "SELECT JSON_OBJECT('name', name, 'state', state, 'checksum', checksum, 'statement', statement, 'statements', statements, " +
    `'began', CAST(began AS CHAR)) FROM ${tableOf(database)} ORDER BY name`
  );
}

/** Whether a run is migrating this database right now: it holds the lock that migrate.sh takes. */
export function busyQuestion(database: string): string {
  return `SELECT IS_USED_LOCK(CONCAT('evenkeel:', LEFT(SHA2(${literal(database)}, 256), 40))) IS NOT NULL`;
}

export function tableOf(database: string): string {
  return `${identifier(database)}.evenkeel_migrations`;
}

/** No table or database: nothing was ever migrated. */
export function recordIn(reply: Reply | undefined): Rows<MigrationRecord> | Unreached {
  const isNone = reply?.state === "said" && /^(1146|1049) /.test(reply.error ?? "");
  return isNone ? { state: "rows", rows: [] } : rowsOf<MigrationRecord>(reply, "its migrations");
}
