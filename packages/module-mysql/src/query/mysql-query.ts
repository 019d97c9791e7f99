import { defineModule, InputError } from "@evenkeel/core";
import { Type } from "typebox";
import type { Door } from "../door/door.ts";
import type { Login } from "../door/login-params.ts";
import { doorOf, LoginParams } from "../door/login-params.ts";
import { splitStatements } from "../migrate/split-statements.ts";
import type { Queries } from "./query-step.ts";
import type { QueryResult } from "./read-rows.ts";
import { readRows } from "./read-rows.ts";
import { rows, saidIn } from "./rows.ts";
import { filledIn } from "./values.ts";

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

export const mysqlQuery = defineModule({
  name: "mysql.query",
  summary: "Statements of your own, and what they give.",
  params: Type.Object(
    {
      statements: Type.Array(Type.String(), { minItems: 1, description: "SQL; `%s` stands for a value" }),
      values: Type.Optional(Type.Array(Value, { description: "the values, in order; quoted as SQL needs it" })),
      database: Type.Optional(Type.String({ description: "the database that they are about" })),
      reads: Type.Boolean({
        default: false,
        description: "they only read: asked in a plan as well, and the server refuses whatever would write",
      }),
      single_transaction: Type.Boolean({ default: false, description: "all of them, or none" }),
      ...LoginParams,
    },
    { additionalProperties: false },
  ),
  observe: (params) => ({ asked: params.reads ? [rows(keyOf(params.statements), queriesOf(params))] : [] }),
  plan({ asked }, params) {
    for (const each of asked) saidIn(each);
    if (params.reads) return [];
    const key = keyOf(params.statements);
    return rows.ensure({ kind: rows.name, key, state: { state: "silent" } }, queriesOf(params));
  },
  result({ before: { asked }, outputs }, params) {
    const [question] = asked;
    return resultFields(question ? (saidIn(question) ?? []) : resultsIn(outputs, params.statements.length));
  },
  returns: Type.Object({
    results: Type.Array(Type.Array(Type.Record(Type.String(), Type.Unknown())), {
      description: "rows of each statement",
    }),
    counts: Type.Array(Type.Integer(), { description: "how many rows each statement gave or changed" }),
  }),
});

function resultFields(results: readonly QueryResult[]) {
  return { results: results.map((each) => each.rows), counts: results.map(({ count }) => count) };
}

/** Of a step that was taken, by the client or through a tunnel. */
export function resultsIn(
  outputs: readonly { readonly stdout: string; readonly data?: unknown }[],
  statements: number,
): readonly QueryResult[] {
  const [output] = outputs;
  if (output === undefined) return [];
  return Array.isArray(output.data) ? (output.data as readonly QueryResult[]) : readRows(output.stdout, statements);
}

/** The first line of each, as people know it. */
export function keyOf(statements: readonly string[]): string {
  const text = statements.map((each) => each.trim().replace(/\s+/g, " ")).join("; ");
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

interface Params extends Login {
  readonly statements: readonly string[];
  readonly values?: readonly (string | number | boolean | null)[];
  readonly database?: string;
  readonly reads: boolean;
  readonly single_transaction: boolean;
}

function queriesOf(params: Params): Queries {
  const door: Door | undefined = doorOf(params);
  const statements = params.statements.map((sql) => filledIn(sql, params.values));
  if (params.reads) for (const sql of statements) demandReading(sql);
  return {
    ...{ statements, isOneTransaction: params.single_transaction, isReading: params.reads },
    ...(door && { door }),
    ...(params.database !== undefined && { database: params.database }),
  };
}

function demandReading(sql: string): void {
  if (onlyReads(sql)) return;
  throw new InputError({
    code: "mysql/reads",
    message: `not a statement that only reads: ${keyOf([sql])}`,
    hint: "leave `reads` out: then a plan shows it, and only apply runs it",
  });
}

/** The server refuses writes in such a transaction; but not all that a statement may do is a write to it. */
export function onlyReads(sql: string): boolean {
  const isReading = /^\s*(select|show|with|explain|describe|desc|table|values)\b/i.test(sql);
  return isReading && !/\binto\s+(outfile|dumpfile|@)|\/\*!/i.test(sql) && splitStatements(sql).length === 1;
}
