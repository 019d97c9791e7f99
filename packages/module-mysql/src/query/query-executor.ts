import type { StepExecutor } from "@evenkeel/core";
import { Secret } from "@evenkeel/core";
import { openConnection, refusal } from "../door/open-connection.ts";
import type { Queries } from "./query-step.ts";
import { runQueries } from "./run-queries.ts";

/** Takes a playbook's statements to a server that is reached by its address. */
export const queryExecutor: StepExecutor = {
  do: "mysql.query",
  async take(data, host) {
    const {
      statements,
      door = {},
      ...rest
    } = data as Omit<Queries, "statements"> & { readonly statements: readonly Secret[] };
    const connection = await openConnection(host, door).catch((error) => {
      throw refusal(error);
    });
    try {
      const texts = statements.map((each) => (each instanceof Secret ? each.reveal() : each));
      return { data: await runQueries(connection, { ...rest, statements: texts }) };
    } catch (error) {
      throw refusal(error);
    } finally {
      await connection.end().catch(() => connection.destroy());
    }
  },
};
