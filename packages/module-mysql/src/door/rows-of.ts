import { StepError } from "@evenkeel/core";
import type { Reply, Unreached } from "./reply.ts";

export interface Rows<Row> {
  readonly state: "rows";
  readonly rows: readonly Row[];
}

/** A reply's rows, which are JSON; or why there are none. */
export function rowsOf<Row>(reply: Reply | undefined, what: string): Rows<Row> | Unreached {
  if (reply === undefined || reply.state === "unreached") return reply ?? silent;
  if (reply.error !== undefined) throw unanswered(what, reply.error);
  return { state: "rows", rows: reply.rows.map((row) => JSON.parse(row) as Row) };
}

const silent: Unreached = { state: "unreached", server: "stopped", because: "it said nothing" };

export function unanswered(what: string, detail: string): StepError {
  return new StepError({
    code: "mysql/unanswered",
    message: `the database server does not tell about ${what}`,
    detail,
    hint: "the login needs to read information_schema and the mysql database; root does",
  });
}
