import type { Connection } from "mysql2/promise";
import { identifier } from "../sql/quote-sql.ts";
import type { Queries } from "./query-step.ts";
import type { QueryResult, Row } from "./read-rows.ts";

/** Statements in one session, in the shape in which the client's output is read. */
export async function runQueries(
  connection: Connection,
  queries: Omit<Queries, "door">,
): Promise<readonly QueryResult[]> {
  const { database, statements, isOneTransaction, isReading } = queries;
  if (database !== undefined) await connection.query(`USE ${identifier(database)}`);
  if (isReading || isOneTransaction) await connection.query(`START TRANSACTION${isReading ? " READ ONLY" : ""}`);
  const results: QueryResult[] = [];
  for (const sql of statements) {
    const [said] = (await connection.query(sql)) as [unknown, unknown];
    if (Array.isArray(said)) results.push({ rows: said as readonly Row[], count: said.length });
    else results.push({ rows: [], count: (said as { readonly affectedRows: number }).affectedRows });
  }
  if (isReading || isOneTransaction) await connection.query(isReading ? "ROLLBACK" : "COMMIT");
  return results;
}
