import { defineKind } from "@evenkeel/core";
import { askServer } from "../door/ask-server.ts";
import type { Door } from "../door/door.ts";
import type { Reply, Unreached } from "../door/reply.ts";
import { isUnreached } from "../door/reply.ts";

/** What a server tells of itself. */
export type InfoState = Unreached | ToldInfo;

export interface ToldInfo {
  readonly state: "told";
  readonly version: string;
  readonly flavour: "mariadb" | "mysql";
  readonly parts: Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>;
}

// The two servers keep variables in different places: one of the two questions fails, and the other is answered.
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  settings: ["information_schema.GLOBAL_VARIABLES", "performance_schema.global_variables"].map(
    (table) => `SELECT JSON_ARRAY(VARIABLE_NAME, VARIABLE_VALUE) FROM ${table}`,
  ),
  global_status: ["information_schema.GLOBAL_STATUS", "performance_schema.global_status"].map(
    (table) => `SELECT JSON_ARRAY(VARIABLE_NAME, VARIABLE_VALUE) FROM ${table}`,
  ),
  databases: [
    "SELECT JSON_ARRAY(s.SCHEMA_NAME, CAST(COALESCE(SUM(t.DATA_LENGTH + t.INDEX_LENGTH), 0) AS SIGNED), COUNT(t.TABLE_NAME)) FROM information_schema.SCHEMATA s LEFT JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = s.SCHEMA_NAME GROUP BY s.SCHEMA_NAME",
  ],
  engines: [
    "SELECT JSON_ARRAY(ENGINE, SUPPORT, COMMENT, TRANSACTIONS, XA, SAVEPOINTS) FROM information_schema.ENGINES",
  ],
  users: ["SELECT JSON_ARRAY(CONVERT(Host USING utf8mb4), CONVERT(User USING utf8mb4), plugin) FROM mysql.user"],
};

export const parts = Object.keys(QUESTIONS);

/** Only looked at. The key is which parts of it are wanted. */
export const info = defineKind<InfoState, never>({
  name: "mysql.info",
  async ask(queries, host) {
    return Promise.all(
      queries.map(async ({ key, via }): Promise<InfoState> => {
        const wanted = key.split(" ").filter((part) => part in QUESTIONS);
        const asked = wanted.flatMap((part) => (QUESTIONS[part] ?? []).map((sql) => ({ part, sql })));
        const replies = await askServer(host, via as Door | undefined, ["SELECT '{}'", ...asked.map(({ sql }) => sql)]);
        const [first, ...rest] = replies;
        if (first === undefined || first.state === "unreached")
          return first ?? { state: "unreached", server: "stopped", because: "it said nothing" };
        const told = wanted.map(
          (part) => [part, rowsIn(rest.filter((_, index) => asked[index]?.part === part))] as const,
        );
        return { state: "told", version: first.version, flavour: first.flavour, parts: Object.fromEntries(told) };
      }),
    );
  },
  ensure: () => [],
  isAsPlanned: () => true,
  isAbsent: (state) => isUnreached(state) && state.server === "absent",
  dependsOn: "all",
  describe: () => ({}),
});

function rowsIn(replies: readonly Reply[]): readonly (readonly (string | number | null)[])[] {
  const answered = replies.find((reply) => reply.state === "said" && reply.error === undefined);
  return answered?.state === "said" ? answered.rows.map((row) => JSON.parse(row) as (string | number | null)[]) : [];
}
