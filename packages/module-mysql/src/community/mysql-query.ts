import { defineModule } from "@evenkeel/core";
import { Type } from "typebox";
import { doorOf } from "../door/login-params.ts";
import { keyOf, onlyReads, resultsIn } from "../query/mysql-query.ts";
import type { Queries } from "../query/query-step.ts";
import type { QueryResult } from "../query/read-rows.ts";
import { rows, saidIn } from "../query/rows.ts";
import type { QueryValue } from "../query/values.ts";
import { filledIn } from "../query/values.ts";
import { CommunityLogin } from "./community-login.ts";

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

export const communityQuery = defineModule({
  name: "mysql_query",
  summary: "Statements, and what they give, as Ansible's community.mysql has it.",
  params: Type.Object(
    {
      query: Type.Union([Type.String(), Type.Array(Type.String())], { description: "one statement, or several" }),
      login_db: Type.Optional(Type.String({ description: "the database that they are about" })),
      positional_args: Type.Optional(Type.Array(Value, { description: "values for `%s`, in order" })),
      named_args: Type.Optional(Type.Record(Type.String(), Value, { description: "values for `%(name)s`" })),
      single_transaction: Type.Boolean({ default: false, description: "all of them, or none" }),
      ...CommunityLogin,
    },
    { additionalProperties: false },
  ),
  observe(params) {
    const queries = queriesOf(params);
    return { asked: queries.isReading ? [rows(keyOf(listOf(params.query)), queries)] : [] };
  },
  plan({ asked }, params) {
    for (const each of asked) saidIn(each);
    if (asked.length > 0) return [];
    const key = keyOf(listOf(params.query));
    return rows.ensure({ kind: rows.name, key, state: { state: "silent" } }, queriesOf(params));
  },
  result({ before: { asked }, outputs }, params) {
    const [question] = asked;
    const statements = listOf(params.query);
    const results = question ? (saidIn(question) ?? []) : resultsIn(outputs, statements.length);
    return {
      changed: statements.some((sql, index) => hasChanged(sql, results[index])),
      query_result: results.map((each) => each.rows),
      rowcount: results.map(({ count }) => count),
      executed_queries: queriesOf(params).statements,
    };
  },
  returns: Type.Object({
    query_result: Type.Array(Type.Array(Type.Record(Type.String(), Type.Unknown())), {
      description: "rows of each statement",
    }),
    rowcount: Type.Array(Type.Integer(), { description: "how many rows each gave or changed" }),
    executed_queries: Type.Array(Type.String(), { description: "the statements, with their values" }),
  }),
});

function listOf(query: string | readonly string[]): readonly string[] {
  return typeof query === "string" ? [query] : query;
}

/** Ansible's rule: what defines is a change, what writes is one if it met a row. */
function hasChanged(sql: string, result: QueryResult | undefined): boolean {
  const word = sql.trimStart().slice(0, 8).toUpperCase();
  if (/CREATE|DROP|ALTER|RENAME|TRUNCATE/.test(word)) return true;
  return /INSERT|UPDATE|DELETE|REPLACE/.test(word) && (result === undefined || result.count > 0);
}

interface Written {
  readonly query: string | readonly string[];
  readonly login_db?: string;
  readonly positional_args?: readonly QueryValue[];
  readonly named_args?: Readonly<Record<string, QueryValue>>;
  readonly single_transaction: boolean;
}

function queriesOf(params: Written & Parameters<typeof doorOf>[0]): Queries {
  const door = doorOf(params);
  const statements = listOf(params.query).map((sql) => filledIn(sql, params.positional_args ?? params.named_args));
  return {
    ...{ statements, isOneTransaction: params.single_transaction, isReading: statements.every(onlyReads) },
    ...(door && { door }),
    ...(params.login_db !== undefined && { database: params.login_db }),
  };
}
