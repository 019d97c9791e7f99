import type { HostPort, Observed } from "@evenkeel/core";
import { defineKind, isUnsettled, quoteAll, StepError } from "@evenkeel/core";
import { isRemote } from "../door/door.ts";
import { openConnection, refusal } from "../door/open-connection.ts";
import type { Queries } from "./query-step.ts";
import { queryInput, queryStep } from "./query-step.ts";
import type { QueryResult } from "./read-rows.ts";
import { readRows } from "./read-rows.ts";
import { runQueries } from "./run-queries.ts";

/** What statements that only read give; or the server's reason for not giving it. */
export interface RowsState {
  readonly state: "said" | "silent" | "done";
  readonly results?: readonly QueryResult[];
  readonly because?: string;
}

/** Statements, as people read them. Those that only read are a question, others an act. */
export const rows = defineKind<RowsState, Queries>({
  name: "mysql.query",
  async ask(asked, host) {
    return Promise.all(
      asked.map(async ({ via }): Promise<RowsState> => {
        if (via === undefined) return { state: "done" };
        try {
          return { state: "said", results: await resultsOf(via as Queries, host) };
        } catch (error) {
          if (error instanceof StepError) return { state: "silent", because: error.detail || error.message };
          throw error;
        }
      }),
    );
  },
  ensure({ kind, key, state }: Observed<RowsState>, queries) {
    const steps = [queryStep(queries)];
    return [
      { kind, key, action: "run", before: state, after: { state: "done" }, steps, undo: [], interrupts: "nothing" },
    ];
  },
  isAsPlanned: () => true,
  isAbsent: () => false,
  dependsOn: "all",
  // What statements of a playbook's own touch, nobody can say; but it is on the server.
  unsettles: ({ key }) =>
    ["mysql.database", "mysql.user", "mysql.grants", "mysql.setting", "mysql.migrations"].map((kind) => ({
      ...{ kind, isDoubt: true, because: `a statement may touch it: ${key}` },
    })),
  describe: () => ({}),
});

async function resultsOf(queries: Queries, host: HostPort): Promise<readonly QueryResult[]> {
  if (isRemote(queries.door)) {
    const connection = await openConnection(host, queries.door).catch((error) => {
      throw refusal(error);
    });
    try {
      return await runQueries(connection, { ...queries, isReading: true });
    } catch (error) {
      throw refusal(error);
    } finally {
      await connection.end().catch(() => connection.destroy());
    }
  }
  const { words, facts, input } = queryInput({ ...queries, isReading: true });
  const script = `printf '%s' ${quoteAll([input])} | sh -c ${quoteAll([words, "evenkeel-query", ...facts])}`;
  const [answer] = await host.exchange([{ script }]);
  if (answer?.code === 0) return readRows(Buffer.from(answer.stdout).toString(), queries.statements.length);
  throw new StepError({
    code: "mysql/statement",
    message: "the database server refused a statement",
    detail: Buffer.from(answer?.stderr ?? [])
      .toString()
      .trim(),
  });
}

/** The answer of a question; what the server refused fails the task, unless it is not there yet. */
export function saidIn({ state, doubt }: Observed<RowsState>): readonly QueryResult[] | undefined {
  if (isUnsettled(state) || state.state === "done") return undefined;
  if (state.state === "said") return state.results ?? [];
  if (doubt !== undefined) return undefined;
  throw new StepError({
    code: "mysql/statement",
    message: "the database server refused a statement",
    detail: state.because ?? "",
    hint: "what does not only read needs `reads` to be left out",
  });
}
